import Glibc

/// Reads separated text row by row in constant memory: quotes, doubled quotes, line ends of all systems, a byte order
/// mark.
final class CSVReader: RowReader {
    private let chunks: ChunkReader
    private let size: Int
    private var chunk: [UInt8]
    private var position = 0
    private var consumed = 0
    private var check = UTF8Check()
    private var line = 1
    private var separator: UInt8 = UInt8(ascii: ",")
    private var isAtEnd = false
    /// The last byte was a carriage return, so that a line feed belongs to it.
    private var skipsLineFeed = false

    /// A row longer than this is no table.
    private static let longestRow = 1_000_000

    init(_ source: SheetSource) throws(SheetFault) {
        chunks = try ChunkReader(source)
        size = source.size
        chunk = try chunks.next() ?? []
        try check.check(chunk)
        if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        separator = CSVDialect.guess(from: Array(chunk[position...])).separator
    }

    var progress: Double { size > 0 ? min(1, Double(consumed + position) / Double(size)) : 1 }

    func next(_ row: inout SheetRow) throws(SheetFault) -> Bool {
        while !isAtEnd {
            if !readPlainLine(&row) { try read(&row) }
            if !row.isBlank { return true }
        }
        return false
    }

    /// Takes a line that lies in one piece and has no quotes, as nearly all do; false if the next one is no such line.
    private func readPlainLine(_ row: inout SheetRow) -> Bool {
        guard !skipsLineFeed, position < chunk.count else { return false }
        return chunk.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress?.advanced(by: position),
                let end = memchr(start, Int32(UInt8(ascii: "\n")), bytes.count - position)
            else { return false }
            let whole = end - UnsafeMutableRawPointer(mutating: start)
            var length = whole
            if length > 0, bytes[position + length - 1] == UInt8(ascii: "\r") { length -= 1 }
            guard memchr(start, Int32(UInt8(ascii: "\"")), length) == nil,
                memchr(start, Int32(UInt8(ascii: "\r")), length) == nil
            else { return false }
            row.begin(line: line)
            let lineBytes = UnsafeRawBufferPointer(start: start, count: length).bindMemory(to: UInt8.self)
            row.fill(lineBytes, separator: separator)
            position += whole + 1
            line += 1
            return true
        }
    }

    private enum State {
        case cellStart, plain, quoted, afterQuote
    }

    /// Reads up to the end of a line that is outside quotes.
    private func read(_ row: inout SheetRow) throws(SheetFault) {
        var state = State.cellStart
        row.begin(line: line)
        var start = 0
        while true {
            guard position < chunk.count else {
                if try refill() { continue }
                isAtEnd = true
                if state == .quoted { throw SheetFault("a quote is not closed", line: row.line) }
                row.endText(from: start, isQuoted: state == .afterQuote)
                return
            }
            if state == .plain || state == .quoted { copyRun(&row, inQuotes: state == .quoted) }
            guard position < chunk.count else { continue }
            if row.byteCount > CSVReader.longestRow { throw SheetFault("the row is too long", line: row.line) }
            let byte = chunk[position]
            position += 1
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == UInt8(ascii: "\n") { continue }
            }
            if step(byte, &state, &start, &row) { return }
        }
    }

    /// Takes one byte; true at the end of the row.
    @inline(__always)
    private func step(_ byte: UInt8, _ state: inout State, _ start: inout Int, _ row: inout SheetRow) -> Bool {
        switch state {
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .afterQuote } else { append(byte, &row) }
        case .afterQuote where byte == UInt8(ascii: "\""):
            row.append(byte)
            state = .quoted
        case .afterQuote where byte == UInt8(ascii: " "):
            break
        case .cellStart where byte == UInt8(ascii: "\""):
            // Blanks before a quote are not part of the text.
            row.truncate(to: start)
            state = .quoted
        default:
            if byte == separator {
                row.endText(from: start, isQuoted: state == .afterQuote)
                start = row.byteCount
                state = .cellStart
            } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                skipsLineFeed = byte == UInt8(ascii: "\r")
                line += 1
                row.endText(from: start, isQuoted: state == .afterQuote)
                return true
            } else {
                row.append(byte)
                if state == .cellStart, byte != UInt8(ascii: " ") { state = .plain }
            }
        }
        return false
    }

    private func append(_ byte: UInt8, _ row: inout SheetRow) {
        if byte == UInt8(ascii: "\n") { line += 1 }
        row.append(byte)
    }

    /// Copies everything up to the next byte that means something.
    @inline(__always)
    private func copyRun(_ row: inout SheetRow, inQuotes: Bool) {
        chunk.withUnsafeBufferPointer { bytes in
            let start = position
            var end = start
            if inQuotes {
                while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\n") { end += 1 }
            } else {
                while end < bytes.count, bytes[end] != separator, bytes[end] != UInt8(ascii: "\n"),
                    bytes[end] != UInt8(ascii: "\r")
                { end += 1 }
            }
            row.append(bytes[start..<end])
            position = end
        }
    }

    private func refill() throws(SheetFault) -> Bool {
        consumed += chunk.count
        position = 0
        guard let next = try chunks.next() else {
            chunk = []
            try check.finish()
            return false
        }
        chunk = next
        try check.check(next)
        return true
    }
}
