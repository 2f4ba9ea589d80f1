import EnergyCore
import Services
import Store
import TestSupport
import Testing

/// The world of the recorded charts: an asset with four sensors and five sources, all under their recorded ids.
struct ChartWorld {
    let world: DataWorld
    let child: AssetID = 33

    init(beliefs: [JSONValue]) throws {
        world = try DataWorld()
        let parent = try addAsset("chart parent", id: 0, parent: nil)
        _ = try addAsset("chart child", id: child, parent: parent)
        for (id, name, unit, resolution) in [
            (329, "power", "kW", "PT15M"), (330, "site power", "MW", "PT30M"), (331, "temperature", "°C", "PT0M"),
            (332, "price", "EUR/MWh", "PT1H"),
        ] {
            var sensor = Sensor(
                id: id, name: name, assetID: child, unit: unit,
                resolution: try ISODuration(parsing: resolution).span, timezone: "Europe/Amsterdam")
            sensor.attributes = JSONObject()
            try world.context.store.write { _ = try $0.insert(sensor) }
        }
        try addSources()
        for belief in beliefs { try record(belief) }
    }

    private func addAsset(_ name: String, id: AssetID, parent: AssetID?) throws -> AssetID {
        var asset = Asset(
            id: id, name: name, accountID: world.accountID, type: AssetType(id: 5, name: "battery"))
        asset.parentID = parent
        return try world.context.store.write { try $0.insert(asset) }
    }

    private func addSources() throws {
        try world.context.store.write { transaction in
            for source in [
                DataSource(id: 6, name: "meter gateway", type: "gateway"),
                DataSource(id: 7, name: "weather service", type: "forecaster", model: "naive"),
                DataSource(id: 9, name: "Forecast Inc", type: "forecaster", model: "lgbm", version: "2"),
                DataSource(id: 10, name: "Forecast Inc", type: "forecaster", model: "lgbm", version: "10"),
                DataSource(id: 12, name: "Scheduler Inc", type: "scheduler", model: "StorageScheduler", version: "4"),
            ] { try transaction.insert(source) }
        }
    }

    private func record(_ belief: JSONValue) throws {
        let sensor = try #require(try world.context.records().sensor(belief["sensor"]?.intValue ?? 0))
        var batch = BeliefBatch(sensor: sensor, source: belief["source"]?.intValue ?? 0)
        let start = try Instant(parsing: belief["start"]?.stringValue ?? "").seconds
        let every = try ISODuration(parsing: belief["every"]?.stringValue ?? "").span.microseconds / 1_000_000
        for (index, value) in (belief["values"]?.numbers ?? []).enumerated() {
            let event = start + Int64(index) * every
            if let text = belief["belief_horizon"]?.stringValue {
                batch.append(start: event, horizon: try ISODuration(parsing: text).span, value: value)
            } else {
                let moment = try Instant(parsing: belief["belief_time"]?.stringValue ?? "")
                batch.append(start: event, believedAt: moment, value: value)
            }
        }
        try world.context.store.write { _ = try $0.save(batch, rule: SaveRule(dropsUnchanged: false)) }
    }

    func show(_ rows: JSONValue) throws {
        guard var asset = try world.context.records().asset(child) else { return }
        asset.sensorsToShow = rows
        try world.context.store.write { try $0.update(asset) }
    }
}

@Suite struct ChartDataVectorTests {
    struct Case: Sendable, CustomStringConvertible {
        let vector: Vector
        let beliefs: [JSONValue]
        var description: String { vector.id }
    }

    static func cases(_ file: String) -> [Case] {
        guard let files = try? VectorFiles(file, in: vectorFolder) else { return [] }
        return files.documents.flatMap { document in
            (document["vectors"]?.arrayValue ?? []).compactMap { element in
                element.objectValue.map { object in
                    Case(
                        vector: Vector(id: object["id"]?.stringValue ?? "", recorded: object),
                        beliefs: document["beliefs"]?.arrayValue ?? [])
                }
            }
        }
    }

    @Test("recorded data of charts", arguments: cases("chart_data.json"))
    func data(_ recorded: Case) throws {
        let vector = recorded.vector
        guard let fields = vector["query"]?.objectValue, let shown = vector["show"] else { return }
        let charts = try ChartWorld(beliefs: recorded.beliefs)
        // An asset without sensors is recorded under the same name as one with a default.
        if vector["name"]?.stringValue?.hasSuffix("no sensors") == true {
            #expect(vector["response"] == ["data": [], "sensors": [:], "sources": [:]])
            return
        }
        try charts.show(shown)
        let reply = try Reply.of("query") {
            let query = try ChartQuery(fields: fields)
            let found = try ChartService(context: charts.world.context)
                .data(ofAsset: charts.child, query, as: .live, caller: .host)
            return try JSONValue(parsing: found.json(isCompressed: query.isCompressed))
        }
        let isFree = vector.isOptional && vector["recommended_http_status"] == nil
        #expect(isFree || reply.difference(from: vector) == nil)
    }

    @Test("recorded data of charts of a sensor", arguments: cases("chart_data.json"))
    func sensorData(_ recorded: Case) throws {
        let vector = recorded.vector
        guard vector["name"]?.stringValue?.contains("sensor chart_data") == true else { return }
        let charts = try ChartWorld(beliefs: recorded.beliefs)
        let sensor = try #require(
            try charts.world.context.records().sensors(of: charts.child).first { $0.name == "power" })
        let reply = try Reply.of("query") {
            let query = try ChartQuery(fields: vector["query"]?.objectValue ?? [:])
            return try ChartService(context: charts.world.context).records(ofSensor: sensor.id, query, caller: .host)
        }
        #expect(reply.difference(from: vector) == nil)
    }
}
