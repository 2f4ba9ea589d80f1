import EnergyCore
import Services
import TestSupport
import Testing

@Suite struct StatusVectorTests {
    static func vectors() -> [Vector] {
        (try? VectorFiles("status.json", in: vectorFolder).vectors()) ?? []
    }

    @Test("recorded status of sensors", arguments: vectors())
    func status(_ vector: Vector) throws {
        let world = try DataWorld()
        world.clock.set(try Instant(parsing: vector["now"]?.stringValue ?? ""))
        let sensor = try world.addSensor(vector["sensor"]?.objectValue ?? JSONObject(), name: "status sensor")
        let beliefs = vector["beliefs"]?.arrayValue ?? []
        var types = JSONObject()
        for type in beliefs.compactMap({ $0["source_type"]?.stringValue }) {
            types[type] = ["name": .string("a \(type)"), "type": .string(type)]
        }
        try world.record(beliefs, for: sensor, sources: try world.addSources(types))
        let reply = try Reply.of("json") {
            let found = try StatusService(context: world.context).status(of: sensor.id, as: .live, caller: .host)
            let entries = found.map { JSONValue.object($0.json.without(["id"])) }
            return ["sensors_data": .array(entries), "status": 200]
        }
        let isFree = vector.isOptional && vector["recommended_http_status"] == nil
        #expect(isFree || reply.difference(from: vector) == nil)
    }
}
