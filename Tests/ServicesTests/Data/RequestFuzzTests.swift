import EnergyCore
import Services
import Store
import TestSupport
import Testing

/// Requests of any shape are answered or refused, never anything worse.
@Suite struct RequestFuzzTests {
    private static let texts: [JSONValue] = [
        "2024-05-01T00:00:00+02:00", "2024-05-01T00:07:30.25Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "2024-10-27T02:30:00+02:00", "2024-03-31T02:00:00+01:00", "2024-05-01", "nonsense", "", " ", "PT15M", "PT1H",
        "P1D", "P1M", "P99999Y", "-PT1H", "PT0M", "P11574074D", "-P11574074D", "PT1M", "P7D", "kW", "kWh", "MW", "°C",
        "EUR/MWh", "%", "potato", "1e400 kW", "m³/h", "true", "maybe", .null, .int(-1), .int(Int64.max),
        .int(Int64.min), .double(1e308), .double(0.5), .bool(true), .array([]),
        .array([.int(1), .null, "2", .double(1e300)]),
        .object([:]), .object(["sensor": 1]), "GetMeterDataRequest", "PostPrognosisRequest", .int(1), .int(2),
    ]

    private static func fields(_ names: [String], _ random: inout SeededGenerator) -> JSONObject {
        var fields: JSONObject = [
            "start": "2024-05-01T00:00:00+02:00", "duration": "PT1H", "unit": "kW", "values": [1, 2],
        ]
        for key in fields.keys where !names.contains(key) { fields[key] = nil }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let name = names.randomElement(using: &random) ?? "start"
            fields[name] = Bool.random(using: &random) ? texts.randomElement(using: &random) : nil
        }
        return fields
    }

    @Test("queries, posts, statistics, charts and deletions", arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func fuzz(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let world = try DataWorld()
        let sensors = try [
            ("kW", "PT15M"), ("kWh", "P1D"), ("°C", "PT0M"), ("EUR/MWh", "PT1H"), ("kWh", "PT5M"),
        ].enumerated().map { index, fields in
            try world.addSensor(
                [
                    "unit": .string(fields.0), "event_resolution": .string(fields.1), "timezone": "Europe/Amsterdam",
                ], name: "\(index)")
        }
        let caller = try world.user("dora")
        for _ in 0..<300 {
            guard let sensor = sensors.randomElement(using: &random) else { continue }
            _ = try Reply.of("json") { try Self.call(world, sensor, caller, &random) }
        }
        // Whatever was stored is in order.
        #expect(try world.context.store.check().problems.isEmpty)
    }

    private static func call(
        _ world: DataWorld, _ sensor: Sensor, _ caller: Caller, _ random: inout SeededGenerator
    ) throws -> JSONValue {
        let data = world.data
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            let names = ["start", "duration", "unit", "resolution", "horizon", "prior", "source", "type"]
            return Reply.of(
                try data.data(of: sensor.id, DataQuery(fields: fields(names, &random)), as: .live, caller: caller))
        case 2, 3:
            let names = ["values", "start", "duration", "unit", "horizon", "prior", "type"]
            return Reply.of(try data.post(DataPost(fields: fields(names, &random)), to: sensor.id, as: caller))
        case 4:
            let query = try StatisticsQuery(fields: fields(["event_start_time", "event_end_time", "sort"], &random))
            let found = try data.statistics(of: sensor.id, query, as: .live, caller: caller)
            return .object(DataService.json(found, isSorted: query.isSorted))
        default:
            let names = [
                "event_starts_after", "event_ends_before", "beliefs_after", "beliefs_before",
                "most_recent_beliefs_only", "compress_json",
            ]
            let query = try ChartQuery(fields: fields(names, &random))
            let found = try ChartService(context: world.context)
                .data(ofAsset: world.assetID, query, as: .live, caller: caller)
            return try JSONValue(parsing: found.json(isCompressed: query.isCompressed))
        }
    }
}
