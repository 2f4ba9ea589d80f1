/// How a text separates its cells.
struct CSVDialect: Hashable {
    var separator: UInt8

    static let candidates = [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: ",")]

    /// Guesses from the first lines: the separator that gives every line the same number of cells, more than one;
    /// otherwise the one that occurs at all, semicolons before tabs before commas.
    static func guess(from head: [UInt8]) -> CSVDialect {
        var present: UInt8?
        for candidate in candidates {
            let counts = cellCounts(head, separator: candidate)
            guard counts.contains(where: { $0 > 1 }) else { continue }
            if counts.allSatisfy({ $0 == counts[0] }) { return CSVDialect(separator: candidate) }
            if present == nil { present = candidate }
        }
        return CSVDialect(separator: present ?? UInt8(ascii: ","))
    }

    /// Cells per line of the first lines, the last of which may be cut short.
    private static func cellCounts(_ head: [UInt8], separator: UInt8, lines: Int = 20) -> [Int] {
        var counts: [Int] = []
        var cells = 1
        var isQuoted = false
        var isBlank = true
        for byte in head {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
                isBlank = false
            } else if isQuoted {
                continue
            } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if !isBlank { counts.append(cells) }
                (cells, isBlank) = (1, true)
                if counts.count == lines { return counts }
            } else {
                isBlank = false
                if byte == separator { cells += 1 }
            }
        }
        // Without any line end the one line is whole.
        if counts.isEmpty, !isBlank { counts.append(cells) }
        return counts
    }
}
