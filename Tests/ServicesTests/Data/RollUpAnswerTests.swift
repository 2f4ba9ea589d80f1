import EnergyCore
import Services
import Store
import TestSupport
import Testing

/// Answers in coarse steps come from roll-ups; they must be those that the beliefs give.
@Suite struct RollUpAnswerTests {
    @Test("means from roll-ups are the means of the beliefs", arguments: [UInt64(1), 2, 3])
    func equal(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let world = try DataWorld()
        let sensor = try world.addSensor(
            ["unit": "kW", "event_resolution": "PT5M", "timezone": "Europe/Amsterdam"])
        let sources = try world.addUsualSources()
        let start = try Instant(parsing: "2024-03-29T00:00:00+01:00")
        for source in sources.values.sorted() {
            try world.context.store.write { transaction in
                var batch = BeliefBatch(sensor: sensor, source: source)
                for step in 0..<2000 where Int.random(in: 0..<3, using: &random) > 0 {
                    batch.append(
                        start: start.seconds + Int64(step) * 300, horizon: .hours(Int64(source)),
                        value: Double.random(in: -5...5, using: &random))
                }
                try transaction.save(batch)
            }
        }
        for (resolution, duration, unit) in [
            ("PT1H", "P5D", "kW"), ("P1D", "P6D", "MW"), ("P1D", "P3D", "kWh"), ("PT6H", "P4D", "kW"),
            ("PT2H", "PT49H", "kWh"), ("PT1H", "PT90M", "kW"), ("PT45M", "P1D", "kW"),
        ] {
            for from in ["2024-03-29T00:00:00+01:00", "2024-03-30T00:00:00+01:00", "2024-03-30T12:30:00+01:00"] {
                var query = try DataQuery(
                    fields: [
                        "start": .string(from), "duration": .string(duration), "unit": .string(unit),
                        "resolution": .string(resolution),
                    ])
                let fast = try world.data.data(of: sensor.id, query, as: .live, caller: .host)
                // A filter that all beliefs pass makes the service read them.
                query.horizon = .days(-1000)
                let slow = try world.data.data(of: sensor.id, query, as: .live, caller: .host)
                #expect(areClose(fast.values, slow.values), "\(resolution) \(duration) \(from)")
                #expect(fast.starts == slow.starts)
            }
        }
    }
}
