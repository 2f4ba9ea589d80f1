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

/// Reads files of sensor data.
///
/// Files in time order are read twice, once to check them and once to deliver, in constant memory; files out of order and
/// files with belief times are held in memory. No batch is delivered before the whole file has been found to be fine.
package struct Upload {
    /// In `UploadBatch.beliefs`: the file states no belief time for the event.
    package static let noBelief = Int64.min
    static let batchSize = 65_536

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

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - progress: receives the part done, from 0 to 1
    ///   - deliver: receives the events in batches
    /// - Throws: `UploadFault`, or what `progress` and `deliver` throw
    package func read(
        progress: (Double) throws -> Void = { _ in }, deliver: (UploadBatch) throws -> Void
    ) throws {
        do {
            try withoutActuallyEscaping(deliver) { deliver in
                var output = UploadOutput(deliver)
                if let spacing = try survey(progress) {
                    try stream(spacing, progress, &output)
                } else {
                    try deliverSorted(&output)
                }
                try output.flush()
            }
            try progress(1)
        } catch let fault as SheetFault {
            throw UploadFault.content(fault)
        }
    }

    /// The first pass: everything that can be wrong with a file in time order.
    ///
    /// - Returns: the distance between events; nil for files that must be held in memory
    private func survey(_ progress: (Double) throws -> Void) throws -> TimeSpan? {
        let rows = try UploadRows(source, zone: options.zone, isDayFirst: options.isDayFirst)
        if rows.hasBeliefs, options.isMeasuredInstantly {
            throw SheetFault("the file states belief times, so they cannot follow from the events as well")
        }
        var spacing = UploadSpacing(zone: options.zone)
        var last: UploadRow?
        var conflict: Int?
        while let row = try rows.next() {
            if let last, last.start == row.start, conflicts(last, row), conflict == nil { conflict = row.line }
            spacing.add(row.start, line: row.line)
            last = row
            if spacing.count % 16_384 == 0 { try progress(rows.progress / 2) }
        }
        if rows.hasBeliefs || !spacing.isSorted { return nil }
        let distance = try self.spacing(of: spacing)
        if let conflict { throw UploadFault.conflict(line: conflict) }
        return distance
    }

    private func conflicts(_ a: UploadRow, _ b: UploadRow) -> Bool {
        a.value != b.value && !a.value.isNaN && !b.value.isNaN && a.belief == b.belief
    }

    private func spacing(of found: UploadSpacing) throws(SheetFault) -> TimeSpan {
        if options.sensor.resolution == .zero { return .zero }
        return try found.regular() ?? options.sensor.resolution
    }

    private func conversion(_ spacing: TimeSpan) throws -> UnitConversion {
        do {
            return try Unit.conversion(from: unit, to: options.sensor.unit, duration: spacing)
        } catch {
            throw UploadFault.unit(UnitRules.uploadRefusal(of: unit, for: options.sensor.unit))
        }
    }

    private func resampler(_ spacing: TimeSpan) -> UploadResampler {
        UploadResampler(
            spacing: spacing, resolution: options.sensor.resolution,
            isTotal: UnitRules.isSummed(options.sensor.unit), zone: options.zone)
    }

    private func stream(
        _ spacing: TimeSpan, _ progress: (Double) throws -> Void, _ output: inout UploadOutput
    ) throws {
        output.conversion = try conversion(spacing)
        var resampler = resampler(spacing)
        let rows = try UploadRows(source, zone: options.zone, isDayFirst: options.isDayFirst)
        var last: UploadRow?
        var count = 0
        while let row = try rows.next() {
            count += 1
            if count % 16_384 == 0 { try progress(0.5 + rows.progress / 2) }
            defer { last = row }
            if let last, last.start == row.start, last.value == row.value { continue }
            try resampler.add(row.start, row.value, belief: nil) { try output.append($0, $1, $2) }
        }
        try resampler.finish { try output.append($0, $1, $2) }
    }

    /// The way of files that are out of order or state belief times.
    private func deliverSorted(_ output: inout UploadOutput) throws {
        let rows = try UploadRows(source, zone: options.zone, isDayFirst: options.isDayFirst)
        var table = UploadTable()
        while let row = try rows.next() { table.append(row) }
        let hasRevisions = try table.sort()
        var found = UploadSpacing(zone: options.zone)
        for row in table.rows { found.add(row.start, line: row.line) }
        let spacing = try spacing(of: found)
        output.conversion = try conversion(spacing)
        for group in table.groups(byBelief: hasRevisions) {
            var resampler = resampler(spacing)
            for row in group {
                try resampler.add(row.start, row.value, belief: row.belief) { try output.append($0, $1, $2) }
            }
            try resampler.finish { try output.append($0, $1, $2) }
        }
    }
}
