import EnergyCore
import Foundation
import Services
import Sheets
import TestSupport
import Testing

@Suite struct UploadVectorTests {
    struct Case: Sendable, CustomStringConvertible {
        let vector: Vector
        let folder: String
        var description: String { vector.id }
    }

    static func cases() -> [Case] {
        guard let files = try? VectorFiles("uploads.json", in: vectorFolder) else { return [] }
        return zip(files.documents, files.folders).flatMap { document, folder in
            (document["vectors"]?.arrayValue ?? []).compactMap { element in
                element.objectValue.map { object in
                    Case(vector: Vector(id: object["id"]?.stringValue ?? "", recorded: object), folder: folder)
                }
            }
        }
    }

    private let now = Instant(seconds: 1_717_000_000)

    @Test("recorded uploads", arguments: cases())
    func upload(_ recorded: Case) throws {
        let vector = recorded.vector
        let world = try DataWorld()
        world.clock.set(now)
        let sensor = try world.addSensor(vector["sensor"]?.objectValue ?? JSONObject())
        let caller = try world.user("dora")
        let file = UploadedFile(
            name: vector["file"]?.stringValue ?? "", contentType: vector["content_type"]?.stringValue,
            source: .file(path: "\(recorded.folder)/uploads/\(vector["file"]?.stringValue ?? "")"))
        var reply = Reply(status: 0, body: .null)
        for _ in 0..<(vector["uploads"]?.intValue ?? 1) {
            reply = try Reply.of("combined_sensor_data_upload") {
                do {
                    let request = try UploadRequest(
                        fields: vector["form"]?.objectValue ?? JSONObject(), files: [file])
                    return Reply.of(try world.data.upload(request, to: sensor.id, as: caller))
                } catch let refused as UploadRefused {
                    throw FieldErrors("0", refused.message)
                }
            }
        }
        if vector.isOptional, vector["recommended_http_status"] == nil { return }
        if reply.status == 422, vector["http_status"]?.intValue == 422 {
            let wanted = vector["response"]?["message"]?["combined_sensor_data_upload"]
            let text = reply.body["message"]?["combined_sensor_data_upload"]
            // Of a file that cannot be read the answer holds a text, not a list of texts.
            #expect(text == wanted || text?["0"]?[0] == wanted?["0"] || isFree(wanted?["0"]))
        } else {
            #expect(reply.difference(from: vector) == nil)
        }
        if reply.status != 403 || vector["stored_count"] != nil { try checkStored(vector, world, sensor) }
    }

    /// The words for an unreadable datetime are those of the reference's library.
    private func isFree(_ text: JSONValue?) -> Bool {
        text == nil || (text?.stringValue ?? "").contains("time data")
    }

    private func checkStored(_ vector: Vector, _ world: DataWorld, _ sensor: Sensor) throws {
        let knowledge = KnowledgeTimes(of: sensor)
        let zone = try #require(Zone.named(sensor.timezone))
        let stored = try world.stored(sensor)
        if let count = vector["stored_count"]?.intValue { #expect(stored.count == count) }
        for (row, belief) in zip(vector["stored"]?.arrayValue ?? [], stored) {
            #expect(belief.eventStart.text(in: zone) == row[0]?.stringValue)
            let believed = knowledge.beliefTime(ofEventAt: belief.eventStart, horizon: belief.horizon)
            let wanted = row[1]?.stringValue == "upload time" ? now.text(in: zone) : row[1]?.stringValue
            #expect(believed.text(in: zone) == wanted)
            #expect(isClose(belief.value, row[2]?.doubleValue ?? .nan))
        }
    }
}
