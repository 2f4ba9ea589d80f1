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
    /// Records the data of files: all of them when this returns, nothing when it throws. Files with
    /// more than a few million rows in time order are not held in memory, at the price of other writers' waiting.
    ///
    /// - Parameter progress: receives the part done, from 0 to 1; what it throws ends the upload
    /// - Throws: `UploadRefused` for a file that cannot be read, beside the usual
    @discardableResult
    package func upload(
        _ request: UploadRequest, to id: SensorID, as caller: Caller, progress: (Double) throws -> Void = { _ in }
    ) throws -> DataReceipt {
        try request.faultsOfFiles.throwIfAny()
        let sensor = try context.sensor(id, for: .createChildren, caller)
        let now = context.stamps.now
        let reader = UploadReader(request: request, sensor: sensor, now: now)
        // Reading takes longer than storing: other writers go on meanwhile, unless the files are too much for memory.
        let parts = try reader.parts { try progress($0 / 2) }
        let sender = try sender(named: request.source, for: caller)
        return try context.write { transaction in
            let source = try sender.sourceID(in: transaction)
            var total = SaveResult()
            func save(_ part: UploadBatch) throws {
                let batch = reader.beliefs(of: part, in: BeliefBatch(sensor: sensor, source: source))
                total.add(try saveRows(batch, in: transaction))
            }
            if let parts {
                for (index, part) in parts.enumerated() {
                    try save(part)
                    try progress(0.5 + Double(index + 1) / Double(2 * parts.count))
                }
            } else {
                try reader.read(progress: { try progress(0.5 + $0 / 2) }, to: save)
            }
            try AuditTrail(caller: caller, now: now, transaction: transaction)
                .noteUpload(from: request.files.map(\.name).listed, to: sensor)
            return receipt(for: total)
        }
    }
}

extension [String] {
    /// `a`, `a and b`, `a, b and c`
    fileprivate var listed: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
