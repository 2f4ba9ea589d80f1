import EnergyCore
import Services
import TestSupport
import Testing

@Suite struct StatisticsVectorTests {
    static func vectors() -> [Vector] {
        (try? VectorFiles("stats.json", in: vectorFolder).vectors()) ?? []
    }

    @Test("recorded statistics", arguments: vectors())
    func statistics(_ vector: Vector) throws {
        let world = try DataWorld()
        let sensor = try world.addSensor(vector["sensor"]?.objectValue ?? JSONObject())
        let sources = try world.addSources(vector["sources"]?.objectValue ?? JSONObject())
        try world.record(vector["beliefs"]?.arrayValue ?? [], for: sensor, sources: sources)
        let reply = try Reply.of("query") {
            let query = try StatisticsQuery(fields: vector["query"]?.objectValue ?? JSONObject())
            let reports = try world.data.statistics(of: sensor.id, query, as: .live, caller: .host)
            var body = JSONObject()
            for (name, value) in DataService.json(reports, isSorted: query.isSorted) {
                let alias = sources.first { name.hasSuffix("(ID: \($0.value))") }
                body[alias.map { name.replacing("(ID: \($0.value))", with: "(ID: <\($0.key)>)") } ?? name] = value
            }
            body["status"] = 200
            return .object(body)
        }
        let isFree = vector.isOptional && vector["recommended_http_status"] == nil
        #expect(isFree || reply.difference(from: vector) == nil)
    }
}
