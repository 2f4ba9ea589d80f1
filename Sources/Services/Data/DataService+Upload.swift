import EnergyCore
import Sheets
import Store

/// A file that was sent cannot be used; nothing of any file is stored.
package struct UploadRefused: Error, Sendable {
    /// Place of the file in the request, from 0.
    package let index: Int
    package let name: String
    /// Why, with the line at fault.
    package let fault: SheetFault

    /// The sentence clients know.
    package var message: String { "Invalid content in file: \(name). Failed with: \(fault.reason)" }

    /// The faults by file, as clients get them.
    package var tree: JSONObject { ["\(index)": .string(message)] }
}

extension UploadRefused: CustomStringConvertible {
    /// `a.csv, line 3: event values should be numeric ('x')`
    package var description: String {
        let place = fault.line.map { ", line \($0)" } ?? ""
        let text = fault.text.map { " ('\($0.prefix(60))')" } ?? ""
        return "\(name)\(place): \(fault.reason)\(text)"
    }
}

extension DataService {
    /// Records the data of files: all of them when this returns, nothing when it throws. Memory does not grow with
    /// files that are in time order.
    ///
    /// - Parameter progress: receives the part done, from 0 to 1; what it throws ends the upload
    /// - Throws: `UploadRefused` for a file that cannot be read, beside the usual
    @discardableResult
    package func upload(
        _ request: UploadRequest, to id: SensorID, as caller: Caller, progress: (Double) throws -> Void = { _ in }
    ) throws -> DataReceipt {
        try request.faultsOfFiles.throwIfAny()
        let sensor = try context.sensor(id, for: .createChildren, caller)
        let now = context.clock.now
        return try context.write { transaction in
            let source = try self.source(named: request.source, for: caller, in: transaction)
            var total = SaveResult()
            for (index, file) in request.files.enumerated() {
                let batch = BeliefBatch(sensor: sensor, source: source)
                let recorder = UploadRecorder(
                    service: self, transaction: transaction, request: request, empty: batch, now: now)
                total.add(
                    try recorder.record(file, at: index) {
                        try progress((Double(index) + $0) / Double(request.files.count))
                    })
            }
            try AuditTrail(caller: caller, now: now, transaction: transaction).note(
                "Data from \(request.files.map(\.name).listed) uploaded to sensor '\(sensor.name)': \(sensor.id)",
                asset: sensor.assetID)
            return receipt(for: total)
        }
    }
}

/// Records one file within the transaction of the whole upload.
private struct UploadRecorder {
    let service: DataService
    let transaction: WriteTransaction
    let request: UploadRequest
    let empty: BeliefBatch
    let now: Instant

    func record(_ file: UploadedFile, at index: Int, progress: (Double) throws -> Void) throws -> SaveResult {
        let sensor = empty.sensor
        var options = UploadOptions(sensor: sensor, zone: Zone.named(sensor.timezone) ?? .utc)
        options.unit = request.unit
        options.isDayFirst = request.isDayFirst
        options.isMeasuredInstantly = request.isMeasuredInstantly
        var result = SaveResult()
        do {
            try Upload(file.source, options).read(progress: progress) { part in
                result.add(try service.saveRows(beliefs(of: part), in: transaction))
            }
        } catch let fault as UploadFault {
            switch fault {
            case .unit(let text): throw FieldErrors(FieldErrors.wholeInput, text)
            case .content(let fault): throw UploadRefused(index: index, name: file.name, fault: fault)
            case .conflict: throw DataError.replacement
            }
        }
        return result
    }

    private func beliefs(of part: UploadBatch) -> BeliefBatch {
        var batch = empty
        batch.reserveCapacity(part.starts.count)
        for (index, start) in part.starts.enumerated() {
            let stated = part.beliefs.isEmpty ? Upload.noBelief : part.beliefs[index]
            if stated != Upload.noBelief {
                batch.append(start: start, believedAt: Instant(microseconds: stated), value: part.values[index])
            } else if request.isMeasuredInstantly {
                batch.append(start: start, horizon: .zero, value: part.values[index])
            } else {
                batch.append(start: start, believedAt: now, value: part.values[index])
            }
        }
        return batch
    }
}

extension [String] {
    /// `a`, `a and b`, `a, b and c`
    fileprivate var listed: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
