import EnergyCore
import Foundation
import Store

/// Another process that records what the grid meter of the first site says.
struct Gateway {
    private let store: Store
    private let sensor: Sensor
    private let source: DataSourceID

    init(_ large: LargeStore) throws {
        store = try Store(path: large.path)
        let found = try store.read { transaction in
            (try transaction.sensors().first, try transaction.sources().first { $0.type == "gateway" })
        }
        guard let sensor = found.0, let source = found.1?.id else { throw BenchmarkFailure("the store is empty") }
        (self.sensor, self.source) = (sensor, source)
    }

    /// Records a value for the five minutes that last began.
    func tell(_ value: Double) throws {
        let now = Int64(Date.now.timeIntervalSince1970)
        var batch = BeliefBatch(sensor: sensor, source: source)
        batch.append(start: now / 300 * 300, believedAt: Instant(seconds: now), value: value)
        _ = try store.write { try $0.save(batch) }
    }

    func close() throws { try store.close() }
}
