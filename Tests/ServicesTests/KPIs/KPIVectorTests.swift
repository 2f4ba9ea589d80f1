import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite struct KPIVectorTests {
    static func vectors() -> [Vector] {
        (try? VectorFiles("kpis.json", in: vectorFolder).vectors()) ?? []
    }

    @Test("recorded figures of assets", arguments: vectors())
    func kpis(_ vector: Vector) throws {
        let world = try DataWorld()
        let sources = try world.addUsualSources()
        var names: [String: Int] = [:]
        for (name, fields) in vector["sensors"]?.objectValue ?? JSONObject() {
            let sensor = try world.addSensor(fields["sensor"]?.objectValue ?? JSONObject(), name: name)
            try world.record(fields["beliefs"]?.arrayValue ?? [], for: sensor, sources: sources)
            names[name] = sensor.id
        }
        let list = (vector["sensors_to_show_as_kpis"] ?? .null).replacing(names: names)
        let records = try world.context.records()
        let faults = KPIEntry.faults(in: list) { records.sensor($0) != nil }
        let patch = vector["patch"]?.objectValue.map { Vector.asWeAnswer($0) }
        let isAccepted = (patch?["recommended_http_status"] ?? patch?["http_status"])?.intValue == 200
        #expect(faults.isEmpty == isAccepted, "\(faults)")
        if faults.isEmpty { try store(list, world) }
        let reply = try Reply.of("query") {
            let query = try KPIQuery(fields: vector["query"]?.objectValue ?? JSONObject())
            let found = try KPIService(context: world.context)
                .kpis(of: world.assetID, query, as: .live, caller: .host)
            return ["data": .array(found.map { .object($0.json) })]
        }
        var expected = vector
        if let response = vector["response"] { expected.object["response"] = response.replacing(names: names) }
        let isFree = vector.isOptional && vector["recommended_http_status"] == nil
        #expect(isFree || reply.difference(from: expected) == nil)
    }

    private func store(_ list: JSONValue, _ world: DataWorld) throws {
        guard var asset = try world.context.records().asset(world.assetID) else { return }
        asset.sensorsToShowAsKPIs = list
        try world.context.store.write { try $0.update(asset) }
    }
}

extension JSONValue {
    /// The value with names of sensors under the key `sensor` replaced by their ids.
    fileprivate func replacing(names: [String: Int]) -> JSONValue {
        switch self {
        case .array(let items): return .array(items.map { $0.replacing(names: names) })
        case .object(let members):
            var result = JSONObject()
            for (key, value) in members {
                if key == "sensor", let id = value.stringValue.flatMap({ names[$0] }) {
                    result[key] = .int(Int64(id))
                } else {
                    result[key] = value.replacing(names: names)
                }
            }
            return .object(result)
        default: return self
        }
    }
}
