import APIServer
import EnergyCore
import Foundation
import Logging
import Services
import Store

/// A server in this process on a store of its own, and a user who is signed in.
struct BenchmarkServer {
    private static let password = "bench-password-1"

    let store: Store
    let load: LoadGenerator
    let token: String
    private let server: BackgroundServer
    private let folder: String

    init() async throws {
        folder = NSTemporaryDirectory() + "flexdeck-http-benchmark"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        store = try Store(path: folder + "/store.db")
        let services = FlexServices(store: store, settings: ServiceSettings(), clock: SystemClock(), logger: logger)
        _ = try services.world.importWorld(JSONValue(parsing: Self.world), as: .host)
        server = BackgroundServer(services: services, port: 0, logger: logger)
        server.start()
        load = LoadGenerator(port: try await Self.port(of: server))
        let signIn = Self.request(
            "POST", "/api/requestAuthToken", token: "", ["email": "bench@example.com", "password": .string(Self.password)])
        token = try JSONValue(parsing: load.answer(to: signIn)).objectValue?["auth_token"]?.stringValue ?? ""
    }

    /// Ends the server and removes its store.
    func stop() async {
        await server.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The bytes of a request of the signed-in user.
    func request(_ method: String, _ path: String, _ fields: JSONObject? = nil) -> [UInt8] {
        Self.request(method, path, token: token, fields)
    }

    /// One value, or several in quarter-hours, from a number of quarter-hours after the start of 2025 on.
    func post(to sensor: Int, at quarter: Int, _ values: [Double]) -> [UInt8] {
        request(
            "POST", "/api/v3_0/sensors/\(sensor)/data",
            [
                "start": .string(Self.moment(quarter).text(offset: 0)), "duration": .string("PT\(15 * values.count)M"),
                "unit": "kW", "values": .array(values.map { .double($0) }),
            ])
    }

    /// A day of values from a number of quarter-hours after the start of 2025 on.
    func dayRead(of sensor: Int, at quarter: Int) -> [UInt8] {
        let start = Self.moment(quarter).text(offset: 0).replacing("+", with: "%2B")
        return request("GET", "/api/v3_0/sensors/\(sensor)/data?start=\(start)&duration=P1D&unit=kW")
    }

    static func moment(_ quarter: Int) -> Instant { Instant(seconds: 1_735_689_600 + Int64(quarter) * 900) }

    private static func request(_ method: String, _ path: String, token: String, _ fields: JSONObject?) -> [UInt8] {
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
