import EnergyCore
import Store

/// Assets in a tree, ten below each, with sensors, ten an asset, and their beliefs: as many as asked for.
struct LargeWorld {
    private(set) var assets: [AssetID] = []
    private(set) var sensors: [Sensor] = []
    private let source: DataSourceID

    /// Every sensor has the first day of 2025.
    init(_ store: Store, assets assetCount: Int = 1, sensors sensorCount: Int) throws {
        (assets, sensors, source) = try store.write { transaction in
            guard let account = try transaction.accounts().first, let type = try transaction.assetTypes().first else {
                throw LoadGenerator.Failure(description: "the store is empty")
            }
            var assets: [AssetID] = []
            for number in 0..<max(assetCount, (sensorCount + 9) / 10) {
                var asset = Asset(id: 0, name: "Asset \(number)", accountID: account.id, type: type)
                if number > 0 { asset.parentID = assets[(number - 1) / 10] }
                assets.append(try transaction.insert(asset))
            }
            var sensors: [Sensor] = []
            for number in 0..<sensorCount {
                var sensor = Sensor(
                    id: 0, name: "meter \(number)", assetID: assets[number / 10], unit: "kW", resolution: .minutes(15),
                    timezone: "Europe/Amsterdam")
                sensor.id = try transaction.insert(sensor)
                sensors.append(sensor)
            }
            return (assets, sensors, try transaction.insert(DataSource(id: 0, name: "meters", type: "gateway")))
        }
        try fill(store, days: 0..<1)
    }

    /// Stores days of 2025 and later years for every sensor.
    func fill(_ store: Store, days: Range<Int>) throws {
        for sensor in sensors {
            var batch = BeliefBatch(sensor: sensor, source: source)
            batch.reserveCapacity(days.count * 96)
            for quarter in (days.lowerBound * 96)..<(days.upperBound * 96) {
                batch.append(
                    start: BenchmarkServer.moment(quarter).seconds, horizon: .zero, value: Double(quarter * 37 % 96) / 4)
            }
            _ = try store.write { try $0.save(batch) }
        }
    }
}
