import EnergyCore
import Services
import TestSupport
import Testing

@Suite struct BeliefQueryVectorTests {
    static func cases() -> [Vector] {
        (try? VectorFiles("belief_queries.json", in: vectorFolder).vectors("cases")) ?? []
    }

    @Test("recorded queries of beliefs", arguments: cases())
    func query(_ recorded: Vector) throws {
        let world = try DataWorld()
        let sensor = try world.addSensor(recorded["sensor"]?.objectValue ?? JSONObject())
        let sources = try world.addSources(recorded["sources"]?.objectValue ?? JSONObject())
        try world.record(recorded["beliefs"]?.arrayValue ?? [], for: sensor, sources: sources)
        for (number, query) in (recorded["queries"]?.arrayValue ?? []).enumerated() {
            let vector = Vector(id: "\(recorded.id) \(number)", recorded: query.objectValue ?? JSONObject())
            var fields = vector["query"]?.objectValue ?? JSONObject()
            if let alias = fields["source"]?.stringValue, let id = sources[alias] { fields["source"] = .int(Int64(id)) }
            let reply = try Reply.of("combined_sensor_data_description") {
                Reply.of(try world.data.data(of: sensor.id, DataQuery(fields: fields), as: .live, caller: .host))
            }
            let difference = reply.difference(from: vector)
            #expect(vector.isOptional && vector["recommended_http_status"] == nil || difference == nil, "\(fields)")
        }
    }

    @Test("there are recorded queries")
    func exist() {
        #expect(Self.cases().count >= 24)
    }
}
