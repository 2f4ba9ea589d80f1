import EnergyCore
import Services
import TestSupport
import Testing

@Suite struct ResamplingThroughServiceVectorTests {
    struct Case: Sendable, CustomStringConvertible {
        let vector: Vector
        let series: JSONObject
        var description: String { vector.id }
    }

    static func cases() -> [Case] {
        guard let files = try? VectorFiles("resampling.json", in: vectorFolder) else { return [] }
        return files.documents.flatMap { document in
            (document["vectors"]?.arrayValue ?? []).compactMap { element in
                element.objectValue.map { object in
                    let name = object["series"]?.stringValue ?? ""
                    return Case(
                        vector: Vector(id: object["id"]?.stringValue ?? "", recorded: object),
                        series: document["series"]?[name]?.objectValue ?? JSONObject())
                }
            }
        }
    }

    @Test("recorded resampling on retrieval and posting", arguments: cases())
    func resample(_ recorded: Case) throws {
        let world = try DataWorld()
        let vector = recorded.vector
        let isPost = vector["kind"]?.stringValue == "post"
        let fields = (isPost ? vector["sensor"] : recorded.series["sensor"])?.objectValue ?? JSONObject()
        let sensor = try world.addSensor(fields)
        let reply: Reply
        if isPost {
            let caller = try world.user("dora")
            reply = try Reply.of("combined_sensor_data_description") {
                let post = try DataPost(fields: vector["body"]?.objectValue ?? JSONObject())
                return Reply.of(try world.data.post(post, to: sensor.id, as: caller))
            }
        } else {
            let sources = try world.addSources(recorded.series["sources"]?.objectValue ?? JSONObject())
            try world.record(recorded.series["beliefs"]?.arrayValue ?? [], for: sensor, sources: sources)
            reply = try Reply.of("combined_sensor_data_description") {
                let query = try DataQuery(fields: vector["query"]?.objectValue ?? JSONObject())
                return Reply.of(try world.data.data(of: sensor.id, query, as: .live, caller: .host))
            }
        }
        let isFree = vector.isOptional && vector["recommended_http_status"] == nil
        #expect(isFree || reply.difference(from: vector) == nil)
        if let expected = vector["stored"]?.arrayValue, !isFree, reply.status == 200 {
            let stored = try world.stored(sensor)
            let wanted = try expected.map { try Instant(parsing: $0[0]?.stringValue ?? "") }
            #expect(stored.map(\.eventStart) == wanted)
            #expect(areClose(stored.map(\.value), expected.map { $0[1]?.doubleValue ?? .nan }))
        }
    }
}
