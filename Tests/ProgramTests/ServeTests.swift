import EnergyCore
import Foundation
import TestSupport
import Testing

@Suite("Serving without a terminal")
struct ServeTests {
    private let folder: TemporaryFolder
    private var database: String { folder.path + "/store.db" }

    init() throws {
        folder = try TemporaryFolder()
        let world = #"""
            {"format": "contract-world/1", "accounts": [{"name": "A", "roles": []}],
             "users": [{"username": "una", "email": "una@example.com", "password": "secret-words", "account": "A",
                        "roles": ["account-admin"]}],
             "assets": [{"path": "Site", "type": "battery", "account": "A", "sensors": [
                {"name": "power", "unit": "kW", "resolution": "PT15M", "timezone": "UTC"},
                {"name": "price", "unit": "EUR/MWh", "resolution": "PT1H", "timezone": "UTC"}]}],
             "sources": [{"key": "m", "name": "Market", "type": "market"}],
             "series": [{"sensor": "Site/price", "source": "m", "start": "2026-03-02T00:00:00+00:00",
                         "values": [50, 20, 90, 80], "repeat": 6}]}
            """#
        let file = folder.path + "/world.json"
        try world.write(toFile: file, atomically: true, encoding: .utf8)
        let loaded = try BuiltProgram.run(["import", file, "--db", database])
        #expect(loaded.status == 0, "\(loaded.errors)")
    }

    private func signIn(_ server: ServingProgram) throws -> [String: String] {
        let answer = try server.request(
            "POST", "/api/requestAuthToken", body: #"{"email": "una@example.com", "password": "secret-words"}"#)
        let token = try #require(try JSONValue(parsing: answer.body)["auth_token"]?.stringValue)
        return ["Authorization": token]
    }

    @Test("a client signs in, finds its battery, asks for a schedule and gets it")
    func clientStory() throws {
        let server = try ServingProgram(database: database)
        #expect(try server.request("GET", "/api/v3_0/health/ready").status == 200)
        let token = try signIn(server)
        let sensors = try server.request("GET", "/api/v3_0/sensors", headers: token)
        let listed = try #require(try JSONValue(parsing: sensors.body).arrayValue)
        let power = try #require(listed.first { $0["name"] == "power" }?["id"]?.intValue)
        let price = try #require(listed.first { $0["name"] == "price" }?["id"]?.intValue)
        let trigger = try server.request(
            "POST", "/api/v3_0/sensors/\(power)/schedules/trigger", headers: token,
            body: """
                {"start": "2026-03-02T00:00:00+00:00", "duration": "PT4H",
                 "flex-model": {"soc-at-start": "5 kWh", "soc-min": "0 kWh", "soc-max": "10 kWh", "power-capacity": "10 kW"},
                 "flex-context": {"consumption-price": {"sensor": \(price)}}}
                """)
        #expect(trigger.status == 200, "\(trigger.body)")
        let job = try #require(try JSONValue(parsing: trigger.body)["schedule"]?.stringValue)
        let deadline = ContinuousClock.now + .seconds(30)
        var result = (status: 0, body: "")
        while ContinuousClock.now < deadline, result.status != 200 {
            result = try server.request(
                "GET", "/api/v3_0/sensors/\(power)/schedules/\(job)?duration=PT4H", headers: token)
        }
        let values = try #require(try JSONValue(parsing: result.body)["values"]?.arrayValue?.compactMap(\.doubleValue))
        #expect(values.count == 16)
        // It sells at once, buys in the cheap second hour, and sells again in the dear third one.
        #expect(values[..<4].reduce(0, +) < 0 && values[4..<8].reduce(0, +) > 0 && values[8..<12].reduce(0, +) < 0)
    }

    @Test("SIGTERM and SIGINT end it cleanly", arguments: [SIGTERM, SIGINT])
    func endsCleanly(signal: Int32) throws {
        let server = try ServingProgram(database: database)
        #expect(try server.request("GET", "/api/").status == 200)
        #expect(server.end(with: signal) == 0)
        #expect(server.events.contains(" end "))
    }

    @Test("two servers share one store")
    func twoServers() throws {
        let first = try ServingProgram(database: database)
        let second = try ServingProgram(database: database)
        let token = try signIn(first)
        #expect(try second.request("GET", "/api/v3_0/sensors", headers: token).status == 200)
    }

    @Test("a busy port is said, with status 1")
    func busyPort() throws {
        let server = try ServingProgram(database: database)
        let outcome = try BuiltProgram.run(["--serve", "--db", database, "--port", "\(server.port)"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("port"))
    }

    @Test("being open to the network without TLS is warned of")
    func warnsWhenOpen() throws {
        let server = try ServingProgram(database: database, arguments: ["--host", "0.0.0.0"])
        #expect(server.events.contains("open to the network without TLS"))
    }
}
