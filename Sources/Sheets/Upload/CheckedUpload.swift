import EnergyCore

/// A file that was found to be fine, ready to be delivered.
package struct CheckedUpload {
    let source: SheetSource
    let options: UploadOptions
    /// Distance between the events of the file; zero for instantaneous sensors.
    let spacing: TimeSpan
    let conversion: UnitConversion
    /// The rows of a file that is held in memory.
    let table: UploadTable?

    /// Delivers the events of the sensor in batches.
    ///
    /// - Throws: `UploadFault` if the file has changed since it was checked, or what `progress` and `deliver` throw
    package func deliver(
        progress: (Double) throws -> Void = { _ in }, to deliver: (UploadBatch) throws -> Void
    ) throws {
        do {
            try withoutActuallyEscaping(deliver) { deliver in
                var output = UploadOutput(deliver, conversion: conversion)
                if let table {
                    try write(table, to: &output)
                } else {
                    try stream(progress, to: &output)
                }
                try output.flush()
            }
            try progress(1)
        } catch let fault as SheetFault {
            throw UploadFault.content(fault)
        }
    }

    private var resampler: UploadResampler {
        UploadResampler(
            spacing: spacing, resolution: options.sensor.resolution,
            isTotal: UnitRules.isSummed(options.sensor.unit), zone: options.zone)
    }

    private func stream(_ progress: (Double) throws -> Void, to output: inout UploadOutput) throws {
        let rows = try UploadRows(source, zone: options.zone, isDayFirst: options.isDayFirst)
        var resampler = resampler
        var last: UploadRow?
        var count = 0
        while let row = try rows.next() {
            count += 1
            if count % 16_384 == 0 { try progress(rows.progress) }
            defer { last = row }
            if let last, last.start == row.start, last.value == row.value { continue }
            try resampler.add(row.start, row.value, belief: nil) { try output.append($0, $1, $2) }
        }
        try resampler.finish { try output.append($0, $1, $2) }
    }

    private func write(_ table: UploadTable, to output: inout UploadOutput) throws {
        for group in table.groups {
            var resampler = resampler
            for row in group {
                try resampler.add(row.start, row.value, belief: row.belief) { try output.append($0, $1, $2) }
            }
            try resampler.finish { try output.append($0, $1, $2) }
        }
    }
}
