import EnergyCore
import Store
import Testing

/// A store with a few sources, and sensors to write about.
struct BeliefWorld {
    let store: Store
    let meter: DataSourceID
    let forecaster: DataSourceID
    let newerForecaster: DataSourceID
    /// 2024-05-01T00:00:00+02:00
    static let start: Int64 = 1_714_514_400

    init(path: String = ":memory:") throws {
        let store = try Store(path: path)
        self.store = store
        (meter, forecaster, newerForecaster) = try store.write { transaction in
            (
                try transaction.insert(DataSource(id: 0, name: "meter gateway", type: "gateway")),
                try transaction.insert(DataSource(id: 0, name: "F", type: "forecaster", model: "lgbm", version: "2")),
                try transaction.insert(DataSource(id: 0, name: "F", type: "forecaster", model: "lgbm", version: "10"))
            )
        }
    }

    static func sensor(id: SensorID = 1, minutes: Int64 = 15) -> Sensor {
        Sensor(
            id: id, name: "power", assetID: 1, unit: "kW", resolution: .minutes(minutes),
            timezone: "Europe/Amsterdam")
    }

    /// Values of neighbouring events, all with one horizon.
    static func batch(
        _ sensor: Sensor, _ source: DataSourceID, _ values: [Double], from start: Int64 = start,
        horizon: TimeSpan = .zero
    ) -> BeliefBatch {
        var batch = BeliefBatch(sensor: sensor, source: source)
        let step = max(sensor.resolution.microseconds / 1_000_000, 60)
        for (index, value) in values.enumerated() {
            batch.append(start: start + Int64(index) * step, horizon: horizon, value: value)
        }
        return batch
    }

    /// The chosen values.
    /// By every way of reading, which must agree.
    func chosen(_ sensor: Sensor, as horizon: BeliefHorizon = .live) throws -> [Double] {
        let filter = BeliefFilter(horizon)
        let chosen = try store.chosenBeliefs(of: sensor, in: .all, filter: filter)
        #expect(try store.read { try $0.chosenBeliefs(of: sensor, in: .all, filter: filter) } == chosen)
        #expect(try store.chosenBeliefs(of: sensor, in: .all, filter: filter) == chosen)
        return chosen.values
    }
}
