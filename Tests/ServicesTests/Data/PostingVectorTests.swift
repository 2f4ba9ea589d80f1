import EnergyCore
import Services
import TestSupport
import Testing

@Suite struct PostingVectorTests {
    static func vectors() -> [Vector] {
        (try? VectorFiles("posting.json", in: vectorFolder).vectors()) ?? []
    }

    @Test("recorded sequences of posts", arguments: vectors())
    func post(_ recorded: Vector) throws {
        let world = try DataWorld(allowOverwrite: recorded["allow_overwrite"]?.boolValue ?? false)
        let sensor = try world.addSensor(recorded["sensor"]?.objectValue ?? JSONObject())
        for (number, step) in (recorded["steps"]?.arrayValue ?? []).enumerated() {
            let vector = Vector(id: "\(recorded.id) \(number)", recorded: step.objectValue ?? JSONObject())
            world.clock.set(try Instant(parsing: vector["now"]?.stringValue ?? ""))
            let reply = try reply(to: vector, world, sensor)
            let isFree = vector.isOptional && vector["recommended_http_status"] == nil
            #expect(isFree || reply.difference(from: vector) == nil, "step \(number)")
            if !isFree { try checkStored(vector, world, sensor) }
        }
    }

    private func reply(to vector: Vector, _ world: DataWorld, _ sensor: Sensor) throws -> Reply {
        let caller = try world.user(vector["user"]?.stringValue ?? "dora")
        let fields = vector["body_or_query"]?.objectValue ?? JSONObject()
        switch vector["method"]?.stringValue {
        case "post":
            return try Reply.of("combined_sensor_data_description") {
                Reply.of(try world.data.post(try DataPost(fields: fields), to: sensor.id, as: caller))
            }
        case "get":
            return try Reply.of("combined_sensor_data_description") {
                Reply.of(
                    try world.data.data(of: sensor.id, try DataQuery(fields: fields), as: .live, caller: caller))
            }
        default:
            try world.data.delete(DeletionQuery(), of: sensor.id, as: caller)
            return Reply(status: 204, body: "")
        }
    }

    private func checkStored(_ vector: Vector, _ world: DataWorld, _ sensor: Sensor) throws {
        guard let expected = vector["stored"]?.arrayValue else { return }
        let names = try world.context.records().sources
        let knowledge = KnowledgeTimes(of: sensor)
        func text(_ start: Instant, _ believed: Instant, _ value: Double, _ source: String) -> String {
            "\(start.utcText) \(believed.utcText) \(value) \(source)"
        }
        let stored = try world.stored(sensor).map { belief in
            text(
                belief.eventStart, knowledge.beliefTime(ofEventAt: belief.eventStart, horizon: belief.horizon),
                belief.value, names[belief.sourceID]?.name ?? "")
        }
        let wanted = try expected.map { row in
            text(
                try Instant(parsing: row["event_start"]?.stringValue ?? ""),
                try Instant(parsing: row["belief_time"]?.stringValue ?? ""), row["value"]?.doubleValue ?? .nan,
                row["source_name"]?.stringValue ?? "")
        }
        #expect(stored.sorted() == wanted.sorted())
    }
}
