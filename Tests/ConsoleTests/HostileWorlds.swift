import EnergyCore
import Services
import Store

@testable import Console

/// Stores that no test data would look like, but some user's will.
enum HostileWorlds {
    /// Names that break naive tables: wide, joined, right to left, invisible, commanding, endless.
    static let names = [
        "東京電力ホールディングス 第一発電所", "⚡️👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇳🇱 park", "Z̸͎̞̰a̴̢͝l̶̛̮g̵͇̈́o̷̗̒ ȩ̸́ site", "محطة الطاقة الشمسية", "a\u{202E}drow nur\u{2066}b",
        "\u{1B}[2J\u{1B}[31mred\u{7}", "line\nbreak\ttab\rreturn", "zero\u{0}byte\u{200B}\u{FEFF}\u{2060}",
        String(repeating: "long name ", count: 200),
        "\u{FFFD}\u{10FFFF}\u{E000}", "   ", "'; DROP TABLE asset; --", "%s%n%d", "ＦＵＬＬ　ＷＩＤＴＨ", "ཧྐྵྨླྺྼྻྂ Tibetan",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    ]

    static let numbers = [
        1e300, -1e300, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0, -0.0, 1e15, 123_456_789.123, -1e-9,
        .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    ]

    /// A site per name, with devices, sensors and users of that name.
    static func names(in world: TestWorld) throws {
        try world.services.context.store.write { transaction in
            for (index, name) in names.enumerated() {
                let account = try transaction.insert(Account(id: 0, name: "\(index)" + name))
                var site = Asset(id: 0, name: name, accountID: account, type: AssetType(id: 6, name: "building"))
                site.flexContext = ["consumption-price": .string(name), "site-power-capacity": "1e300 kW"]
                site.attributes = ["note": .string(name)]
                site.sensorsToShow = [["title": .string(name), "sensors": [999_999, "x", .null]], .null, "x"]
                let top = try transaction.insert(site)
                var device = Asset(id: 0, name: name, accountID: account, type: AssetType(id: 5, name: "battery"))
                device.parentID = top
                device.flexModel = ["soc-max": .string(name), "soc-min": .null, "state-of-charge": ["sensor": -1]]
                let below = try transaction.insert(device)
                for (asset, unit) in [(top, "kW"), (below, "kW"), (below, "kWh")] {
                    _ = try transaction.insert(
                        Sensor(
                            id: 0, name: unit + name, assetID: asset, unit: unit, resolution: .minutes(15),
                            timezone: "Europe/Amsterdam"))
                }
                _ = try transaction.insert(
                    User(id: 0, username: "\(index)" + name, email: "u\(index)@example.com", accountID: account),
                    passwordHash: nil)
                try transaction.append(AuditRecord(at: TestWorld.moment - .hours(1), event: name))
                var job = Job(
                    id: "00000000-0000-4000-8000-0000000000\(10 + index)", kind: "scheduling", queue: "scheduling",
                    payload: [:],
                    enqueuedAt: TestWorld.moment - .hours(1))
                job.assetID = below
                _ = try transaction.insert(job, expiresAt: nil)
            }
        }
    }

    /// Extreme values, now and around now, in every sensor.
    static func numbers(in world: TestWorld) throws {
        let records = try world.services.context.records()
        try world.services.context.store.write { transaction in
            let sources = try ["gateway", "scheduler", "forecaster"].map {
                try transaction.insert(DataSource(id: 0, name: "extreme \($0)", type: $0))
            }
            for asset in records.children(of: nil).flatMap({ records.tree(from: $0.id) }) {
                for sensor in records.sensors(of: asset.id) {
                    let step = sensor.resolution == .zero ? 900 : max(1, sensor.resolution.microseconds / 1_000_000)
                    for (offset, source) in sources.enumerated() {
                        var batch = BeliefBatch(sensor: sensor, source: source)
                        for index in -40...40 {
                            let value = numbers[(index + 40 + offset) % numbers.count]
                            let start = (TestWorld.moment.seconds / step + Int64(index)) * step
                            batch.append(start: start, believedAt: TestWorld.moment - .minutes(1), value: value)
                        }
                        _ = try transaction.save(batch)
                    }
                }
            }
        }
    }

    /// Ten thousand of everything that has a list.
    static func many(in world: TestWorld, count: Int = 10_000) throws {
        try world.services.context.store.write { transaction in
            let account = try transaction.insert(Account(id: 0, name: "Many"))
            let site = try transaction.insert(
                Asset(id: 0, name: "Large site", accountID: account, type: AssetType(id: 6, name: "building")))
            for index in 0..<count {
                var asset = Asset(
                    id: 0, name: "Device \(index)", accountID: account, type: AssetType(id: 5, name: "battery"))
                asset.parentID = site
                let id = try transaction.insert(asset)
                _ = try transaction.insert(
                    Sensor(
                        id: 0, name: "power \(index)", assetID: id, unit: "kW", resolution: .minutes(15),
                        timezone: "Europe/Amsterdam"))
                _ = try transaction.insert(Account(id: 0, name: "Account \(index)"))
                _ = try transaction.insert(
                    User(id: 0, username: "user\(index)", email: "user\(index)@example.com", accountID: account),
                    passwordHash: nil)
                try transaction.append(
                    AuditRecord(at: TestWorld.moment - .minutes(Int64(index)), event: "event \(index)"))
                let digits = String(100_000_000_000 + index)
                var job = Job(
                    id: "00000000-0000-4000-8000-\(digits)", kind: index % 2 == 0 ? "scheduling" : "forecasting",
                    queue: index % 2 == 0 ? "scheduling" : "forecasting", payload: [:],
                    enqueuedAt: TestWorld.moment - .minutes(Int64(index)))
                job.assetID = id
                _ = try transaction.insert(job, expiresAt: nil)
            }
        }
    }
}
