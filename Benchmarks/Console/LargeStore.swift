import EnergyCore
import Foundation
import Store

/// A host's store: 100 sites of 50 sensors each, 50 million beliefs. Everything follows from numbers, so that two stores
/// of the same day are alike.
struct LargeStore {
    static let sites = 100
    static let meters = 9
    static let halls = 5
    /// A year of five minutes at the grid connection, and so much of quarter-hours elsewhere that it makes 500,000 a site.
    static let gridValues = 105_120
    static let otherValues = 8_060

    let path: String
    private let marker: String
    private let quarter: Int64 = 900

    init(folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/large.db"
        marker = folder + "/large.filled-until"
    }

    /// Makes the store, or brings the one that is there up to the present.
    func prepare() throws {
        // What happens in the quarter-hour that runs is for the gateway to say.
        let end = Int64(Date.now.timeIntervalSince1970) / quarter * quarter
        let before = (try? String(contentsOfFile: marker, encoding: .utf8)).flatMap { Int64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        if before == nil {
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let store = try Store(path: path)
        let clock = ContinuousClock.now
        let (meter, scheduler) = before == nil ? try makeSites(store) : try sources(store)
        let count = try fill(store, meter, from: before, until: end)
        try plan(store, scheduler, from: end)
        try store.checkpoint()
        try store.close()
        try String(end).write(toFile: marker, atomically: true, encoding: .utf8)
        print("store".padded, "\(count) beliefs added in \(clock.duration(to: .now).formatted(.units(fractionalPart: .show(length: 1)))), \(path)")
    }

    private func sources(_ store: Store) throws -> (DataSourceID, DataSourceID) {
        let all = try store.read { try $0.sources() }
        guard let meter = all.first(where: { $0.type == "gateway" }), let scheduler = all.first(where: { $0.type == "scheduler" }) else {
            throw BenchmarkFailure("\(path) is not a store of this benchmark; remove it")
        }
        return (meter.id, scheduler.id)
    }

    private func makeSites(_ store: Store) throws -> (DataSourceID, DataSourceID) {
        try store.write { transaction in
            let account = try transaction.insert(Account(id: 0, name: "Large host"))
            let types = Dictionary(uniqueKeysWithValues: try transaction.assetTypes().map { ($0.name, $0) })
            for number in 0..<Self.sites { try SiteMaker(transaction: transaction, account: account, types: types).make(number) }
            return (
                try transaction.insert(DataSource(id: 0, name: "meters", type: "gateway")),
                try transaction.insert(DataSource(id: 0, name: "Planner", type: "scheduler"))
            )
        }
    }

    private func allSensors(_ store: Store) throws -> [Sensor] {
        try store.read { try $0.sensors() }.sorted { $0.id < $1.id }
    }

    private func fill(_ store: Store, _ source: DataSourceID, from before: Int64?, until end: Int64) throws -> Int {
        var total = 0
        for sensor in try allSensors(store) {
            let step = sensor.resolution == .zero ? quarter : Int64(sensor.resolution.inSeconds)
            let count = sensor.name == "grid power" ? Self.gridValues : Self.otherValues
            let start = before.map { $0 / step * step } ?? end / step * step - Int64(count) * step
            var batch = BeliefBatch(sensor: sensor, source: source)
            batch.reserveCapacity(count)
            for moment in stride(from: start, to: end / step * step, by: Int64.Stride(step)) {
                batch.append(start: moment, horizon: .zero, value: Self.value(sensor, at: moment))
            }
            total += batch.count
            if !batch.isEmpty { _ = try store.write { try $0.save(batch) } }
        }
        return total
    }

    /// A day's plan for every battery.
    private func plan(_ store: Store, _ source: DataSourceID, from start: Int64) throws {
        for sensor in try allSensors(store) where sensor.name == "battery power" {
            var batch = BeliefBatch(sensor: sensor, source: source)
            for index in 0..<Int64(96) {
                batch.append(
                    start: start + index * quarter, believedAt: Instant(seconds: start - quarter),
                    value: Double((index / 8 + Int64(sensor.id)) % 5 - 2) * 100)
            }
            _ = try store.write { try $0.save(batch) }
        }
    }

    /// A day's curve with a little noise.
    static func value(_ sensor: Sensor, at moment: Int64) -> Double {
        let hour = Double(moment % 86_400) / 3600
        let noise = Double((moment / 300 &* 2_654_435_761 &+ Int64(sensor.id)) & 0xFF) / 256
        switch sensor.unit {
        case "kWh": return 500 + 400 * sin(hour / 24 * 2 * .pi) + noise
        case "EUR/MWh": return 80 + 40 * sin((hour - 8) / 24 * 4 * .pi) + noise
        default: return 60 + 30 * sin((hour - 6) / 24 * 2 * .pi) + 10 * noise
        }
    }
}

/// One site after the other: a connection, a price, a battery, panels, and halls full of meters.
private struct SiteMaker {
    let transaction: WriteTransaction
    let account: AccountID
    let types: [String: AssetType]

    func make(_ number: Int) throws {
        var site = asset("Site \(String(format: "%03d", number + 1))", "building", below: nil)
        site.id = try transaction.insert(site)
        let grid = try sensor("grid power", of: site.id, "kW", .minutes(5))
        let price = try sensor("price", of: site.id, "EUR/MWh", .minutes(15))
        site.flexContext = ["consumption-price": ["sensor": .int(Int64(price))], "site-power-capacity": "400 kW"]
        site.sensorsToShow = [["title": "Grid", "sensor": .int(Int64(grid))], ["title": "Price", "sensor": .int(Int64(price))]]
        try transaction.update(site)
        var battery = asset("Battery \(number + 1)", "battery", below: site.id)
        battery.id = try transaction.insert(battery)
        _ = try sensor("battery power", of: battery.id, "kW", .minutes(15))
        let level = try sensor("state of charge", of: battery.id, "kWh", .zero)
        battery.flexModel = [
            "soc-max": "1000 kWh", "soc-min": "50 kWh", "power-capacity": "250 kW", "state-of-charge": ["sensor": .int(Int64(level))],
        ]
        try transaction.update(battery)
        let panels = try transaction.insert(asset("Panels \(number + 1)", "solar", below: site.id))
        _ = try sensor("solar power", of: panels, "kW", .minutes(15))
        for hall in 1...LargeStore.halls {
            let id = try transaction.insert(asset("Hall \(hall) of \(number + 1)", "process", below: site.id))
            for meter in 1...LargeStore.meters { _ = try sensor("meter \(meter) power", of: id, "kW", .minutes(15)) }
        }
    }

    private func asset(_ name: String, _ type: String, below parent: AssetID?) -> Asset {
        var asset = Asset(id: 0, name: name, accountID: account, type: types[type] ?? AssetType(id: 1, name: type))
        asset.parentID = parent
        return asset
    }

    private func sensor(_ name: String, of asset: AssetID, _ unit: String, _ resolution: TimeSpan) throws -> SensorID {
        var sensor = Sensor(id: 0, name: name, assetID: asset, unit: unit, resolution: resolution, timezone: "Europe/Amsterdam")
        sensor.attributes = ["consumption_is_positive": true]
        return try transaction.insert(sensor)
    }
}
