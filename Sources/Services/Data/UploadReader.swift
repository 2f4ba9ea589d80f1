import EnergyCore
import Sheets
import Store

/// Reads the files of an upload.
struct UploadReader {
    let request: UploadRequest
    let sensor: Sensor
    let now: Instant
    /// So many rows are held in memory, 16 to 24 bytes each.
    var mostHeld = 4_000_000

    private struct TooMany: Error {}

    /// All rows of all files in the order of the request; nil if they are too many to be held in memory.
    func parts(progress: (Double) throws -> Void) throws -> [UploadBatch]? {
        var parts: [UploadBatch] = []
        var count = 0
        do {
            try read(progress: progress) { part in
                count += part.starts.count
                if count > mostHeld { throw TooMany() }
                parts.append(part)
            }
        } catch is TooMany {
            return nil
        }
        return parts
    }

    /// Delivers the rows of all files piece by piece.
    ///
    /// - Parameter progress: receives the part done, from 0 to 1
    func read(progress: (Double) throws -> Void, to deliver: (UploadBatch) throws -> Void) throws {
        var options = UploadOptions(sensor: sensor, zone: Zone.named(sensor.timezone) ?? .utc)
        options.unit = request.unit
        options.isDayFirst = request.isDayFirst
        options.isMeasuredInstantly = request.isMeasuredInstantly
        for (index, file) in request.files.enumerated() {
            do {
                let done = Double(index)
                try Upload(file.source, options).read(
                    progress: { try progress((done + $0) / Double(request.files.count)) }, deliver: deliver)
            } catch let fault as UploadFault {
                switch fault {
                case .unit(let text): throw FieldErrors(FieldErrors.wholeInput, text)
                case .content(let fault): throw UploadRefused(index: index, name: file.name, fault: fault)
                case .conflict: throw DataError.replacement
                }
            }
        }
    }

    /// The rows as beliefs, added to an empty batch.
    func beliefs(of part: UploadBatch, in empty: BeliefBatch) -> BeliefBatch {
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
