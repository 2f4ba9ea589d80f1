import APIServer
import EnergyCore
import Foundation
import Logging
import Services
import Store

/// Prints how many requests per second a server in this process answers: an operation that does nothing, then one-value
/// posts and one-day reads, with one client and with 64, each beside the empty one.
///
/// `HTTPBenchmark [seconds per figure]`
@main
struct HTTPBenchmark {
    private static let clients = 64
    private static let password = "bench-password-1"

    let load: LoadGenerator
    let token: String
    let sensors: [Int]

    static func main() async throws {
        let seconds = CommandLine.arguments.dropFirst().first.flatMap { Double($0) } ?? 2
        let folder = NSTemporaryDirectory() + "flexdeck-http-benchmark"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        let services = FlexServices(
            store: try Store(path: folder + "/store.db"), settings: ServiceSettings(), clock: SystemClock(), logger: logger)
        _ = try services.world.importWorld(JSONValue(parsing: world), as: .host)
        let server = BackgroundServer(services: services, port: 0, logger: logger)
        server.start()
        let benchmark = try Self(port: await port(of: server))
        try benchmark.run(seconds: seconds)
        await server.stop()
    }

    private init(port: Int) throws {
        load = LoadGenerator(port: port)
        let request = Self.request("POST", "/api/requestAuthToken", token: "", ["email": "bench@example.com", "password": .string(Self.password)])
        let text = try JSONValue(parsing: load.answer(to: request)).objectValue?["auth_token"]?.stringValue ?? ""
        let load = load
        func create(_ path: String, _ fields: JSONObject) throws -> Int {
            let answer = try JSONValue(parsing: load.answer(to: Self.request("POST", path, token: text, fields)))
            return answer.objectValue?["id"]?.intValue.map { Int($0) } ?? 0
        }
        let asset = try create(
            "/api/v3_0/assets", ["name": "Benchmark", "generic_asset_type_id": 1, "account_id": 1])
        token = text
        sensors = try (0..<Self.clients).map { number in
            try create(
                "/api/v3_0/sensors",
                [
                    "name": .string("meter \(number)"), "unit": "kW", "event_resolution": "PT15M",
                    "timezone": "Europe/Amsterdam", "generic_asset_id": .int(Int64(asset)),
                ])
        }
    }

    private func run(seconds: Double) throws {
        try fillDays()
        var next = [Int](repeating: 0, count: sensors.count)
        let empty = Self.request("GET", "/api/", token: token)
        let days = sensors.map {
            Self.request(
                "GET", "/api/v3_0/sensors/\($0)/data?start=2025-01-01T00:00:00Z&duration=P1D&unit=kW", token: token)
        }
        for clients in [1, Self.clients] {
            let base = try load.run(clients: clients, seconds: seconds) { _, _ in empty }
            show("empty operation", clients, base, base)
            let posts = try load.run(clients: clients, seconds: seconds) { client, _ in
                next[client] += 1
                return post(client, at: 100_000 + next[client], [Double(next[client] % 97)])
            }
            show("post of one value", clients, posts, base)
            show("one day read", clients, try load.run(clients: clients, seconds: seconds) { client, _ in days[client] }, base)
        }
    }

    private func show(_ title: String, _ clients: Int, _ outcome: LoadGenerator.Outcome, _ base: LoadGenerator.Outcome) {
        let name = "\(title), \(clients) client\(clients == 1 ? "" : "s")".padding(toLength: 34, withPad: " ", startingAt: 0)
        print(
            name, String(format: "%8.0f/s", outcome.perSecond), "median \(outcome.median) us, 99 % \(outcome.nearlyAll) us,",
            String(format: "%.2fx of the empty one", outcome.perSecond / base.perSecond))
    }

    private func fillDays() throws {
        for client in sensors.indices {
            _ = try load.answer(to: post(client, at: 0, (0..<96).map { Double($0 * 37 % 96) / 3 }))
        }
    }

    private func post(_ client: Int, at quarter: Int, _ values: [Double]) -> [UInt8] {
        let start = Instant(seconds: 1_735_689_600 + Int64(quarter) * 900)
        return Self.request(
            "POST", "/api/v3_0/sensors/\(sensors[client])/data", token: token,
            [
                "start": .string(start.text(offset: 0)), "duration": .string("PT\(15 * values.count)M"), "unit": "kW",
                "values": .array(values.map { .double($0) }),
            ])
    }

    private static func request(_ method: String, _ path: String, token: String, _ fields: JSONObject? = nil) -> [UInt8] {
        let body = fields.map { JSONValue.object($0).bytes() } ?? []
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: \(token)\r\n"
        if fields != nil { head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }

    private static func port(of server: BackgroundServer) async throws -> Int {
        while true {
            switch server.state {
            case .serving(let port): return port
            case .failed(let text): throw LoadGenerator.Failure(description: text)
            case .starting, .stopped: try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    private static let world = """
        {"format": "contract-world/1", "server": {"timezone": "Europe/Amsterdam"}, "account_roles": [],
         "user_roles": [{"name": "admin"}, {"name": "account-admin"}],
         "accounts": [{"name": "Bench", "roles": [], "consultancy": null}],
         "users": [{"key": "bench", "username": "bench", "email": "bench@example.com", "password": "\(password)",
                    "account": "Bench", "roles": ["admin", "account-admin"], "active": true, "timezone": "UTC"}],
         "asset_types": [], "assets": [], "sources": [], "series": []}
        """
}
