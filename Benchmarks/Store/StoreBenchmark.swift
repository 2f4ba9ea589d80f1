import EnergyCore
import Foundation
import Store

/// Prints what the belief store does per second beside a raw SQLite loop, a row a belief, in the same run.
///
/// The services follow, with as many rows in files and posts.
///
/// `StoreBenchmark [sensors] [events per sensor] [folder]`; 20 sensors of 50,000 quarter-hours each by default.
/// `StoreBenchmark large` fills a store with 100 million beliefs and looks for days in it.
@main
struct StoreBenchmark {
    let sensors: Int
    let events: Int
    let folder: String

    static func main() throws {
        let isLarge = CommandLine.arguments.contains("large")
        let arguments = CommandLine.arguments.dropFirst().filter { $0 != "large" }
        let numbers = arguments.compactMap { Int($0) }
        let folder = arguments.first { Int($0) == nil } ?? NSTemporaryDirectory() + "flexdeck-benchmark"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let benchmark = StoreBenchmark(
            sensors: numbers.first ?? 20, events: numbers.dropFirst().first ?? 50_000, folder: folder)
        if isLarge {
            return try StoreBenchmark(sensors: 2000, events: 50_000, folder: folder).runLarge()
        }
        try benchmark.run()
        try DataBenchmark(rows: benchmark.total, folder: folder).run()
    }

    var total: Int { sensors * events }

    private func run() throws {
        print("\(sensors) sensors x \(events) quarter-hours = \(total) beliefs (cpu / wall time)")
        let raw = try RawSQLite(path: folder + "/raw.db")
        try raw.fill(sensors: sensors, events: events, rows: 1)
        let many = try RawSQLite(path: folder + "/raw64.db")
        try many.fill(sensors: sensors, events: events, rows: 64)
        let store = try Store(path: folder + "/ours.db")
        let source = try store.write { try $0.insert(DataSource(id: 0, name: "meter", type: "gateway")) }
        try fill(store, source)
        let size = try FileManager.default.attributesOfItem(atPath: folder + "/ours.db")[.size] as? Int ?? 0
        print("size".padded, (Double(size) / Double(total)).formatted(2), "bytes per belief, roll-ups included")
        raw.readAll(sensors: sensors, total: total)
        try readAll(store)
        raw.readDays(sensors: sensors, events: events)
        try readDays(store)
        try live(store, source)
        try derived(store)
    }

    private func runLarge() throws {
        print("\(sensors) sensors x \(events) quarter-hours = \(total) beliefs (cpu / wall time)")
        let store = try Store(path: folder + "/ours.db")
        let source = try store.write { try $0.insert(DataSource(id: 0, name: "meter", type: "gateway")) }
        try fill(store, source)
        try readDays(store)
        let raw = try RawSQLite(path: folder + "/raw64.db")
        try raw.fill(sensors: sensors, events: events, rows: 64)
        raw.readDays(sensors: sensors, events: events)
    }

    private func sensor(_ number: Int) -> Sensor {
        Sensor(id: number, name: "s", assetID: 1, unit: "kW", resolution: .minutes(15), timezone: "Europe/Amsterdam")
    }

    private func fill(_ store: Store, _ source: DataSourceID) throws {
        try measure("ours: bulk post, unsaved data to stored and acknowledged", total) {
            for number in 1...sensors {
                var batch = BeliefBatch(sensor: sensor(number), source: source)
                batch.reserveCapacity(events)
                for event in 0..<events {
                    batch.append(
                        start: Series.start(event), believedAt: Series.belief, value: Series.value(number, event))
                }
                _ = try store.write { try $0.save(batch) }
            }
        }
        try store.checkpoint()
    }

    private func readAll(_ store: Store) throws {
        try measure("ours: range read, all versions, five columns", total) {
            for number in 1...sensors {
                _ = try store.read { try $0.beliefs(of: sensor(number), in: .all, filter: BeliefFilter(.live)) }
            }
        }
        try measure("ours: range read, chosen values", total) {
            for number in 1...sensors {
                _ = try store.read { try $0.chosenBeliefs(of: sensor(number), in: .all, filter: BeliefFilter(.live)) }
            }
        }
    }

    private func readDays(_ store: Store) throws {
        let count = 2000
        try measure("ours: a day of one sensor", count) {
            for index in 0..<count {
                let number = index * 7919 % sensors + 1
                let start = Series.start((index * 104_729) % max(1, events - 96))
                let range = EventRange(from: start, until: start + 86_400)
                _ = try store.read { try $0.chosenBeliefs(of: sensor(number), in: range, filter: BeliefFilter(.live)) }
            }
        }
    }

    private func live(_ store: Store, _ source: DataSourceID) throws {
        let count = 2000
        try measure("ours: live posts of one value, one commit each", count) {
            for index in 0..<count {
                var batch = BeliefBatch(sensor: sensor(index % sensors + 1), source: source)
                batch.append(start: Series.start(events + index / sensors), horizon: .zero, value: Double(index))
                _ = try store.write { try $0.save(batch) }
            }
        }
    }

    private func derived(_ store: Store) throws {
        let edges = (0...300).map { Series.start(0) + Int64($0) * Int64(events / 300) * 900 }
        try measure("ours: chart of 300 buckets over all of one sensor", 20) {
            for number in 0..<20 {
                _ = try store.read {
                    try $0.buckets(of: sensor(number % sensors + 1), edges: edges, filter: BeliefFilter(.live))
                }
            }
        }
        try measure("ours: statistics of one sensor", 2000) {
            for number in 0..<2000 {
                _ = try store.read { try $0.statistics(of: sensor(number % sensors + 1), in: .all, as: .live) }
            }
        }
    }
}
