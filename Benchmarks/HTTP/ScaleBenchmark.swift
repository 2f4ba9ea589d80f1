import EnergyCore
import Foundation

/// What requests cost on stores of growing size: sensors, beliefs, assets; and with more clients. Medians in
/// microseconds, seen by a client of the same process.
struct ScaleBenchmark {
    let mostBeliefs: Int

    func run() async throws {
        try await sensors()
        try await beliefs()
        try await assets()
        try await clients()
    }

    private func sensors() async throws {
        header("sensors", ["one sensor", "page of 20", "day read", "one value posted", "MB resident"])
        for count in [10, 100, 1000, 10_000] {
            let server = try await BenchmarkServer()
            let world = try LargeWorld(server.store, sensors: count)
            let ids = world.sensors.map(\.id)
            line(
                count,
                [
                    try median(server) { server.request("GET", "/api/v3_0/sensors/\(Self.pick(ids, $0))") },
                    try median(server) { _ in server.request("GET", "/api/v3_0/sensors?page=1&per_page=20") },
                    try median(server) { server.dayRead(of: Self.pick(ids, $0), at: 0) },
                    try median(server) { server.post(to: Self.pick(ids, $0), at: 100_000 + $0, [1.5]) }, Self.residentMegabytes,
                ])
            await server.stop()
        }
    }

    private func beliefs() async throws {
        header("beliefs", ["day read", "one value posted", "statistics", "chart of a day"])
        let server = try await BenchmarkServer()
        let world = try LargeWorld(server.store, sensors: 100)
        let ids = world.sensors.map(\.id)
        var days = 1
        var wanted = 100_000
        while wanted <= mostBeliefs {
            let needed = wanted / (ids.count * 96)
            try world.fill(server.store, days: days..<needed)
            days = needed
            line(
                wanted,
                [
                    try median(server) { server.dayRead(of: Self.pick(ids, $0), at: $0 * 7919 % (days - 1) * 96) },
                    try median(server) { server.post(to: Self.pick(ids, $0), at: 4_000_000 + $0 + wanted % 999_983, [1.5]) },
                    try median(server) { server.request("GET", "/api/v3_0/sensors/\(Self.pick(ids, $0))/stats") },
                    try median(server) { self.chart(server, Self.pick(world.assets, $0), day: $0 * 7919 % (days - 1)) },
                ])
            wanted *= 10
        }
        await server.stop()
    }

    private func assets() async throws {
        header("assets in a tree", ["one asset", "page of 20", "one made", "one changed"])
        for count in [10, 1000, 100_000] {
            let server = try await BenchmarkServer()
            let ids = try LargeWorld(server.store, assets: count, sensors: 1).assets
            line(
                count,
                [
                    try median(server) { server.request("GET", "/api/v3_0/assets/\(Self.pick(ids, $0))") },
                    try median(server) { _ in server.request("GET", "/api/v3_0/assets?page=1&per_page=20") },
                    try median(server) {
                        server.request(
                            "POST", "/api/v3_0/assets",
                            ["name": .string("made \($0)"), "generic_asset_type_id": 1, "account_id": 1])
                    },
                    try median(server) {
                        server.request("PATCH", "/api/v3_0/assets/\(Self.pick(ids, $0))", ["latitude": .double(Double($0 % 90))])
                    },
                ])
            await server.stop()
        }
    }

    private func clients() async throws {
        header("clients", ["day reads/s", "99 % in us", "posts/s", "99 % in us"])
        let server = try await BenchmarkServer()
        let ids = try LargeWorld(server.store, sensors: 256).sensors.map(\.id)
        for count in [1, 4, 16, 64, 256] {
            let reads = try server.load.run(clients: count, seconds: 1) { client, _ in server.dayRead(of: ids[client], at: 0) }
            let posts = try server.load.run(clients: count, seconds: 1) { client, number in
                server.post(to: ids[client], at: count * 100_000 + number, [1.5])
            }
            line(count, [Int(reads.perSecond), reads.nearlyAll, Int(posts.perSecond), posts.nearlyAll])
        }
        await server.stop()
    }

    /// Half a second of one client's requests.
    private func median(_ server: BenchmarkServer, _ request: (Int) -> [UInt8]) throws -> Int {
        try server.load.run(clients: 1, seconds: 0.5) { _, number in request(number) }.median
    }

    private func chart(_ server: BenchmarkServer, _ asset: Int, day: Int) -> [UInt8] {
        let start = BenchmarkServer.moment(day * 96).text(offset: 0).replacing("+", with: "%2B")
        let end = BenchmarkServer.moment(day * 96 + 96).text(offset: 0).replacing("+", with: "%2B")
        return server.request(
            "GET", "/api/v3_0/assets/\(asset)/chart_data?event_starts_after=\(start)&event_ends_before=\(end)")
    }

    /// Another one each time, all over the list.
    private static func pick(_ ids: [Int], _ number: Int) -> Int { ids[number * 7919 % ids.count] }

    private static var residentMegabytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) / 1024
    }

    private func header(_ title: String, _ columns: [String]) {
        print("\n| \(title) | \(columns.joined(separator: " | ")) |")
        print("|" + String(repeating: "---:|", count: columns.count + 1))
    }

    private func line(_ size: Int, _ figures: [Int]) {
        print("| \(size) | \(figures.map { "\($0)" }.joined(separator: " | ")) |")
    }
}
