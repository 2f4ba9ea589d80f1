import EnergyCore

/// Columns of one CSV file over a regular time axis; a missing value is a gap.
package struct SampleTable: Sendable {
    /// File name below `series/`.
    package let name: String
    package let start: Instant
    package let step: TimeSpan
    package private(set) var columns: [(header: String, values: [Double?])] = []

    package init(name: String, start: Instant, step: TimeSpan) {
        self.name = name
        self.start = start
        self.step = step
    }

    package mutating func add(_ header: String, _ values: [Double?]) {
        columns.append((header, values))
    }

    /// The column with that header, or nil.
    package subscript(header: String) -> [Double?]? {
        columns.first { $0.header == header }?.values
    }

    /// The file's text: `time` in UTC, then the columns; values with up to three significant decimals.
    package var csv: String {
        var text = "time," + columns.map(\.header).joined(separator: ",") + "\n"
        for row in 0..<(columns.map(\.values.count).max() ?? 0) {
            text += SampleTime.text(start + step * row)
            for column in columns {
                text += ","
                if row < column.values.count, let value = column.values[row] { text += Self.text(value) }
            }
            text += "\n"
        }
        return text
    }

    /// Reads what `csv` writes.
    /// - Throws: `SampleDataError` that names the file and the line.
    package init(name: String, csv: String) throws {
        var lines = csv.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let head = lines.popFirst(), head.hasPrefix("time,") else {
            throw SampleDataError.badRow(file: name, line: 1, reason: "the header must start with 'time,'")
        }
        let headers = head.split(separator: ",").dropFirst().map(String.init)
        var values = [[Double?]](repeating: [], count: headers.count)
        var times: [Instant] = []
        for (offset, line) in lines.enumerated() where !line.isEmpty {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == headers.count + 1, let time = SampleTime.instant(cells[0]) else {
                throw SampleDataError.badRow(
                    file: name, line: offset + 2, reason: "a time and \(headers.count) cells are due")
            }
            times.append(time)
            for (index, cell) in cells.dropFirst().enumerated() {
                guard cell.isEmpty || Double(cell) != nil else {
                    throw SampleDataError.badRow(file: name, line: offset + 2, reason: "'\(cell)' is no number")
                }
                values[index].append(Double(cell))
            }
        }
        guard times.count >= 2 else {
            throw SampleDataError.badRow(file: name, line: 2, reason: "at least two rows are due")
        }
        self.init(name: name, start: times[0], step: times[1] - times[0])
        for (header, column) in zip(headers, values) { add(header, column) }
    }

    private static func text(_ value: Double) -> String {
        let scale = abs(value) >= 100 ? 10.0 : abs(value) >= 10 ? 100.0 : 1000.0
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int64(rounded)) : rounded.description
    }
}
