/// One row of a sheet. Readers fill the same value again and again, so that a million rows cost no allocations.
package struct SheetRow: Sendable {
    /// What a cell holds.
    package enum Kind: UInt8, Sendable {
        case empty, text, number, datetime
    }

    /// Line in the text, or row number in the workbook, from 1.
    package internal(set) var line = 0
    private var bytes: [UInt8] = []
    private var cells: [Cell] = []

    private struct Cell: Sendable {
        var start: Int
        var end: Int
        var kind: Kind
        var isQuoted: Bool
        /// Of numbers.
        var number: Double
        /// Of datetimes: microseconds on the wall clock.
        var local: Int64
    }

    package init() {}

    package var count: Int { cells.count }

    package func kind(_ index: Int) -> Kind { index < cells.count ? cells[index].kind : .empty }
    /// Whether a text stood in quotes.
    package func isQuoted(_ index: Int) -> Bool { index < cells.count && cells[index].isQuoted }
    /// The number of a number cell.
    package func number(_ index: Int) -> Double { index < cells.count ? cells[index].number : .nan }
    /// The wall clock of a datetime cell, in microseconds; see `LocalDateTime`.
    package func localMicroseconds(_ index: Int) -> Int64 { index < cells.count ? cells[index].local : 0 }

    /// The text of a cell; numbers and datetimes of workbooks have none.
    package func text(_ index: Int) -> String {
        withBytes(index) { String(decoding: $0, as: UTF8.self) }
    }

    /// The text of a cell without copying it.
    package func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
        -> Result
    {
        guard index < cells.count else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
        let cell = cells[index]
        return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[cell.start..<cell.end])) }
    }

    /// Whether no cell holds anything.
    package var isBlank: Bool { cells.allSatisfy { $0.kind == .empty } }

    /// How many cells there are, without empty ones at the end.
    package var filledCount: Int { (cells.lastIndex { $0.kind != .empty } ?? -1) + 1 }

    // MARK: Filling

    mutating func begin(line: Int) {
        self.line = line
        bytes.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
    }

    /// Where the bytes of the next cell begin.
    var byteCount: Int { bytes.count }

    @inline(__always)
    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    @inline(__always)
    mutating func append(_ slice: Slice<UnsafeBufferPointer<UInt8>>) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: slice))
    }

    /// Forgets what was appended since `start`.
    mutating func truncate(to start: Int) { bytes.removeSubrange(start...) }

    /// Makes everything appended since `start` a text cell; blanks around unquoted texts are dropped.
    mutating func endText(from start: Int, isQuoted: Bool = false) {
        var (first, last) = (start, bytes.count)
        if !isQuoted {
            while first < last, isBlank(bytes[first]) { first += 1 }
            while last > first, isBlank(bytes[last - 1]) { last -= 1 }
        }
        let kind: Kind = first == last ? .empty : .text
        cells.append(Cell(start: first, end: last, kind: kind, isQuoted: isQuoted, number: .nan, local: 0))
    }

    /// Takes a whole line without quotes.
    mutating func fill(_ line: UnsafeBufferPointer<UInt8>, separator: UInt8) {
        bytes.append(contentsOf: line)
        var start = 0
        while true {
            var end = start
            while end < line.count, line[end] != separator { end += 1 }
            var (first, last) = (start, end)
            while first < last, isBlank(line[first]) { first += 1 }
            while last > first, isBlank(line[last - 1]) { last -= 1 }
            let kind: Kind = first == last ? .empty : .text
            cells.append(Cell(start: first, end: last, kind: kind, isQuoted: false, number: .nan, local: 0))
            if end == line.count { return }
            start = end + 1
        }
    }

    mutating func appendNumber(_ number: Double) {
        let end = bytes.count
        cells.append(Cell(start: end, end: end, kind: .number, isQuoted: false, number: number, local: 0))
    }

    mutating func appendDatetime(localMicroseconds: Int64) {
        let end = bytes.count
        cells.append(
            Cell(start: end, end: end, kind: .datetime, isQuoted: false, number: .nan, local: localMicroseconds))
    }

    /// Adds empty cells until there are `count`.
    mutating func pad(to count: Int) {
        while cells.count < count {
            cells.append(
                Cell(start: bytes.count, end: bytes.count, kind: .empty, isQuoted: false, number: .nan, local: 0))
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
