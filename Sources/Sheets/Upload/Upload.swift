import EnergyCore

/// What an upload says beside its file.
package struct UploadOptions: Sendable {
    package var sensor: Sensor
    /// The sensor's.
    package var zone: Zone
    /// Unit of the file's values; nil for the sensor's.
    package var unit: String?
    /// Read 05/01/2024 as 5 January instead of 1 May.
    package var isDayFirst = false
    /// Every event was known when it ended. Not for files that state belief times.
    package var isMeasuredInstantly = false

    package init(sensor: Sensor, zone: Zone) {
        self.sensor = sensor
        self.zone = zone
    }
}

/// Why an upload is refused.
package enum UploadFault: Error, Hashable, Sendable {
    /// The stated unit does not convert to the sensor's. In the words of the API.
    case unit(String)
    /// The file cannot be used.
    case content(SheetFault)
    /// The file gives one event two values.
    case conflict(line: Int)
}

/// A piece of an upload: events of the sensor in time order.
package struct UploadBatch: Sendable {
    /// Event starts in seconds since the epoch.
    package internal(set) var starts: [Int64] = []
    /// In the sensor's unit.
    package internal(set) var values: [Double] = []
    /// Belief times in microseconds since the epoch, `Upload.noBelief` where the file states none; empty if it states none
    /// at all.
    package internal(set) var beliefs: [Int64] = []
}

/// Reads a file of sensor data.
///
/// Files in time order are read twice, once to check them and once to deliver, in constant memory; files out of order and
/// files with belief times are held in memory.
package struct Upload {
    /// In `UploadBatch.beliefs`: the file states no belief time for the event.
    package static let noBelief = Int64.min
    static let batchSize = 65_536
    /// The most events that coarse rows may be spread over.
    static let spreadLimit = 10_000_000

    private let source: SheetSource
    private let options: UploadOptions
    private let unit: String

    package init(_ source: SheetSource, _ options: UploadOptions) throws(UploadFault) {
        self.source = source
        self.options = options
        unit = options.unit ?? options.sensor.unit
        // How long the events of the file last is not known yet, only whether they last.
        let duration = options.sensor.resolution > .zero ? TimeSpan.hours(1) : .zero
        guard UnitRules.accepts(unit, for: options.sensor.unit, duration: duration),
            (try? Unit.conversion(from: unit, to: options.sensor.unit, duration: duration)) != nil
        else { throw .unit(UnitRules.uploadRefusal(of: unit, for: options.sensor.unit)) }
    }

    /// Checks the whole file, then delivers it. Nothing is delivered of a file that is not fine to its last row.
    ///
    /// - Parameters:
    ///   - progress: receives the part done, from 0 to 1
    ///   - deliver: receives the events in batches
    /// - Throws: `UploadFault`, or what `progress` and `deliver` throw
    package func read(
        progress: (Double) throws -> Void = { _ in }, deliver: (UploadBatch) throws -> Void
    ) throws {
        let checked = try checked { try progress($0 / 2) }
        try checked.deliver(progress: { try progress(0.5 + $0 / 2) }, to: deliver)
    }

    /// Checks the whole file. Takes the longer half of the time and needs no transaction.
    package func checked(progress: (Double) throws -> Void = { _ in }) throws -> CheckedUpload {
        do {
            if let spacing = try survey(progress) {
                return CheckedUpload(
                    source: source, options: options, spacing: spacing, conversion: try conversion(spacing), table: nil)
            }
            return try sorted()
        } catch let fault as SheetFault {
            throw UploadFault.content(fault)
        }
    }

    private func rows() throws(SheetFault) -> UploadRows {
        try UploadRows(source, zone: options.zone, isDayFirst: options.isDayFirst)
    }

    /// Everything that can be wrong with a file in time order.
    ///
    /// - Returns: the distance between events; nil for files that must be held in memory
    private func survey(_ progress: (Double) throws -> Void) throws -> TimeSpan? {
        let rows = try rows()
        if rows.hasBeliefs, options.isMeasuredInstantly {
            throw SheetFault("the file states belief times, so they cannot follow from the events as well")
        }
        var spacing = UploadSpacing(zone: options.zone)
        var last: UploadRow?
        var conflict: Int?
        while let row = try rows.next() {
            if let last, last.start == row.start, last.contradicts(row), conflict == nil { conflict = row.line }
            spacing.add(row.start, line: row.line)
            last = row
            if spacing.count % 16_384 == 0 { try progress(rows.progress) }
        }
        if rows.hasBeliefs || !spacing.isSorted { return nil }
        let distance = try self.spacing(of: &spacing)
        if let conflict { throw UploadFault.conflict(line: conflict) }
        return distance
    }

    private func spacing(of found: inout UploadSpacing) throws(SheetFault) -> TimeSpan {
        let resolution = options.sensor.resolution
        if resolution == .zero { return .zero }
        let spacing = try found.regular() ?? resolution
        let parts = Double(spacing.microseconds) / Double(resolution.microseconds)
        guard parts <= 1 || Double(found.count) * parts <= Double(Upload.spreadLimit) else {
            throw SheetFault("the rows would be spread over more than \(Upload.spreadLimit) events of the sensor")
        }
        return spacing
    }

    private func conversion(_ spacing: TimeSpan) throws(UploadFault) -> UnitConversion {
        do {
            return try Unit.conversion(from: unit, to: options.sensor.unit, duration: spacing)
        } catch {
            throw .unit(UnitRules.uploadRefusal(of: unit, for: options.sensor.unit))
        }
    }

    /// The way of files that are out of order or state belief times.
    private func sorted() throws -> CheckedUpload {
        let rows = try rows()
        var table = UploadTable()
        while let row = try rows.next() { table.append(row) }
        try table.sort()
        var found = UploadSpacing(zone: options.zone)
        for row in table.rows { found.add(row.start, line: row.line) }
        let spacing = try spacing(of: &found)
        return CheckedUpload(
            source: source, options: options, spacing: spacing, conversion: try conversion(spacing), table: table)
    }
}
