import EnergyCore

/// One data row of an upload.
struct UploadRow {
    /// Seconds since the epoch.
    var start: Int64
    /// Microseconds since the epoch; nil if the row states none.
    var belief: Int64?
    /// NaN for a gap.
    var value: Double
    var line: Int

    /// Whether another row about the same event says something else at the same belief time.
    func contradicts(_ other: UploadRow) -> Bool {
        belief == other.belief && value != other.value && !value.isNaN && !other.value.isNaN
    }
}

/// Reads the rows of a file as events: finds the columns, reads their cells, resolves naive datetimes.
final class UploadRows {
    private let reader: any RowReader
    private let zone: Zone
    private var row = SheetRow()
    private var layout: UploadLayout?
    private var startColumn: DatetimeColumn
    private var beliefColumn: DatetimeColumn
    private var clock: LocalClock
    private var holdsFirstRow = false

    init(_ source: SheetSource, zone: Zone, isDayFirst: Bool) throws(SheetFault) {
        reader = try SheetReader.open(source)
        self.zone = zone
        startColumn = DatetimeColumn(name: "event_start", isDayFirst: isDayFirst)
        beliefColumn = DatetimeColumn(name: "belief_time", isDayFirst: isDayFirst)
        clock = LocalClock(zone: zone)
        guard try reader.next(&row) else { throw SheetFault("No columns to parse from file") }
        let found = try UploadLayout(firstRow: row)
        layout = found
        holdsFirstRow = !found.hasHeader
    }

    var hasBeliefs: Bool { layout?.belief != nil }
    var progress: Double { reader.progress }

    /// The next row; nil at the end of the file.
    func next() throws(SheetFault) -> UploadRow? {
        if holdsFirstRow {
            holdsFirstRow = false
        } else if try !reader.next(&row) {
            try clock.finish()
            return nil
        }
        guard let layout else { return nil }
        guard row.filledCount <= layout.width else {
            throw SheetFault(
                "Expected \(layout.width) fields in line \(row.line), saw \(row.filledCount)", line: row.line)
        }
        guard let start = try startColumn.read(row, layout.start) else {
            throw SheetFault("an event start is missing", line: row.line)
        }
        let value = try value(layout.value)
        let instant: Int64
        if let offset = start.offset {
            instant = start.local - offset
        } else {
            instant = try clock.instant(of: start.local, line: row.line)
        }
        let belief = try layout.belief.flatMap { index throws(SheetFault) in try self.belief(index) }
        return UploadRow(
            start: Instant(microseconds: instant).seconds, belief: belief, value: value, line: row.line)
    }

    private func belief(_ index: Int) throws(SheetFault) -> Int64? {
        guard let reading = try beliefColumn.read(row, index) else { return nil }
        if let offset = reading.offset { return reading.local - offset }
        return zone.instant(of: LocalDateTime(microseconds: reading.local)).microseconds
    }

    private func value(_ index: Int) throws(SheetFault) -> Double {
        switch row.kind(index) {
        case .empty: return .nan
        case .number: return row.number(index)
        case .datetime: throw SheetFault("event values should be numeric", line: row.line)
        case .text: break
        }
        switch row.withBytes(index, { NumberCell.read($0, allowsComma: true) }) {
        case .gap: return .nan
        case .number(let number): return number
        case .invalid:
            throw SheetFault("event values should be numeric", line: row.line, text: row.text(index))
        }
    }
}
