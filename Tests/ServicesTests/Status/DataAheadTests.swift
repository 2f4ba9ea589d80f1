import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Status of data that are recorded ahead of their time")
struct DataAheadTests {
    @Test("an event counts from when it is known, however often the status is asked for before")
    func ahead() throws {
        let house = try TestHouse()
        let sensor = try house.makeSensor("power", of: try house.makeAsset("Site"))
        let start = Instant(seconds: house.clock.now.seconds / 900 * 900 + 3600)
        try house.store.write { transaction in
            let source = try transaction.ensure(DataSource(id: 0, name: "Meter", type: "gateway"))
            var batch = BeliefBatch(sensor: sensor, source: source.id)
            for quarter in 0..<3 {
                batch.append(start: start.seconds + Int64(quarter) * 900, horizon: .zero, value: 1)
            }
            _ = try transaction.save(batch)
        }
        func hasData() throws -> Bool {
            let entries = try house.services.status.statuses(of: [sensor.id], as: .live, caller: .host)
            return entries.contains { $0.sourceType == "gateway" }
        }
        for _ in 0..<2 { #expect(try !hasData()) }
        house.clock.set(start + .minutes(14))
        for _ in 0..<2 { #expect(try !hasData()) }
        house.clock.advance(.minutes(2))
        for _ in 0..<2 { #expect(try hasData()) }
    }
}
