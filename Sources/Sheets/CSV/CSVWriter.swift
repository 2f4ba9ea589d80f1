import EnergyCore

/// Writes separated text: cells are quoted where they must be, lines end in a line feed.
package struct CSVWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private let separator: UInt8
    private var isLineStart = true

    package init(separator: Character = ",") {
        self.separator = separator.asciiValue ?? UInt8(ascii: ",")
    }

    package mutating func append(_ text: String) {
        startCell()
        let needsQuotes = text.utf8.contains { byte in
            byte == separator || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }
        guard needsQuotes || text.hasPrefix(" ") || text.hasSuffix(" ") else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A number in full; an empty cell for NaN.
    package mutating func append(_ number: Double) {
        startCell()
        if number.isFinite { NumberText.append(number, to: &bytes) }
    }

    package mutating func endRow() {
        bytes.append(UInt8(ascii: "\n"))
        isLineStart = true
    }

    /// The bytes so far, which are forgotten.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func startCell() {
        if !isLineStart { bytes.append(separator) }
        isLineStart = false
    }
}
