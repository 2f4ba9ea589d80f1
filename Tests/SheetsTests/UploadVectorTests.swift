import EnergyCore
import Foundation
import Sheets
import TestSupport
import Testing

/// Recorded uploads, as far as they concern the file. Names, content types and what is stored already are tested with the
/// service.
@Suite struct UploadVectorTests {
    private static let folder: String? = Bundle.module.resourcePath.map { $0 + "/Vectors" }

    @Test("files become events, or are refused, as recorded")
    func recorded() throws {
        let files = try VectorFiles("uploads.json", in: UploadVectorTests.folder)
        var checked = 0
        for (document, folder) in zip(files.documents, files.folders) {
            for element in document["vectors"]?.arrayValue ?? [] {
                guard let object = element.objectValue else { continue }
                let vector = Vector(id: object["id"]?.stringValue ?? "?", recorded: object)
                guard let failure = fault(of: vector, folder: folder) else { continue }
                checked += 1
                #expect(failure.isEmpty, "\(vector.id) \(vector["name"]?.stringValue ?? ""): \(failure)")
            }
        }
        #expect(checked >= 45)
    }

    /// Empty if all is well, nil if the case is not about the file.
    private func fault(of vector: Vector, folder: String) -> String? {
        guard let name = vector["file"]?.stringValue, !vector.isOptional || vector["recommended_http_status"] != nil,
            let data = FileManager.default.contents(atPath: "\(folder)/uploads/\(name)"),
            vector["response"]?["message"]?["combined_sensor_data_upload"]?["uploaded-files"] == nil,
            let fields = vector["sensor"], let zoneName = fields["timezone"]?.stringValue,
            let zone = Zone.named(zoneName), let unit = fields["unit"]?.stringValue,
            let resolution = fields["event_resolution"]?.stringValue.flatMap({ try? ISODuration(parsing: $0) })
        else { return nil }
        let sensor = Sensor(
            id: 1, name: "s", assetID: 1, unit: unit, resolution: resolution.span, timezone: zoneName)
        var options = UploadOptions(sensor: sensor, zone: zone)
        options.unit = vector["form"]?["unit"]?.stringValue
        let flag = vector["form"]?["belief-time-measured-instantly"]?.stringValue ?? "0"
        options.isMeasuredInstantly = ["on", "true", "True", "1"].contains(flag)
        return outcome(of: vector, Array(data), options)
    }

    private func outcome(of vector: Vector, _ data: [UInt8], _ options: UploadOptions) -> String {
        let status = vector["recommended_http_status"]?.intValue ?? vector["http_status"]?.intValue
        do {
            let stored = try events(in: .bytes(data), options)
            guard status == 200 else { return "accepted" }
            if let count = vector["stored_count"]?.intValue, count != stored.count { return "\(stored.count) events" }
            for (row, event) in zip(vector["stored"]?.arrayValue ?? [], stored) {
                let start = Instant(seconds: event.start).text(in: options.zone)
                guard start == row[0]?.stringValue, isClose(event.value, row[2]?.doubleValue ?? .nan) else {
                    return "\(start) \(event.value) instead of \(row)"
                }
                if let time = row[1]?.stringValue, time != "upload time", !options.isMeasuredInstantly {
                    let belief = Instant(microseconds: event.belief).text(in: options.zone)
                    if belief != time { return "belief time \(belief) instead of \(time)" }
                }
            }
            return ""
        } catch UploadFault.unit(let text) {
            let expected = vector["response"]?["message"]?["combined_sensor_data_upload"]?["_schema"]?[0]?.stringValue
            return status == 422 && (expected == nil || expected == text) ? "" : text
        } catch UploadFault.content(let fault) {
            let expected = vector["response"]?["message"]?["combined_sensor_data_upload"]?["0"]?.stringValue
            guard status == 422 else { return fault.description }
            // The words for an unreadable datetime are those of the reference's library.
            guard let expected, !expected.contains("time data") else { return "" }
            return expected.hasSuffix("Failed with: " + fault.reason) ? "" : fault.reason
        } catch UploadFault.conflict {
            return status == 403 ? "" : "conflict"
        } catch {
            return "\(error)"
        }
    }
}

/// One event of an upload.
struct UploadedEvent: Hashable {
    var start: Int64
    var value: Double
    var belief: Int64
}

/// All events of a file.
func events(in source: SheetSource, _ options: UploadOptions) throws -> [UploadedEvent] {
    var events: [UploadedEvent] = []
    try Upload(source, options).read { batch in
        for index in batch.starts.indices {
            let belief = batch.beliefs.isEmpty ? Upload.noBelief : batch.beliefs[index]
            events.append(UploadedEvent(start: batch.starts[index], value: batch.values[index], belief: belief))
        }
    }
    return events
}
