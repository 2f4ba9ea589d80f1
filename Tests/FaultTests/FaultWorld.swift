import EnergyCore
import Foundation
import Store
import TestSupport
import Testing

/// A site in a store of its own, with meters that are written to and a battery that is scheduled.
struct FaultWorld {
    static let start = Instant(seconds: 1_772_409_600)
    static let meters = ["m0", "m1", "m2"]
    static let uploads = "uploads"
    static let imports = "imports"

    let folder: TemporaryFolder
    let sensors: [String: Sensor]
    let token: String
    var database: String { folder.path + "/store.db" }

    init() throws {
        folder = try TemporaryFolder()
        let database = folder.path + "/store.db"
        let file = folder.path + "/world.json"
        try Self.world.write(toFile: file, atomically: true, encoding: .utf8)
        let loaded = try BuiltProgram.run(["import", file, "--db", database])
        try #require(loaded.status == 0, "\(loaded.errors)")
        let store = try Store(path: database)
        sensors = Dictionary(uniqueKeysWithValues: try store.read { try $0.sensors() }.map { ($0.name, $0) })
        try store.close()
        let server = try ServingProgram(database: database)
        token = try Self.signIn(server)
        try #require(server.end(with: SIGTERM) == 0)
    }

    func sensor(_ name: String) throws -> Sensor { try #require(sensors[name]) }

    private static func signIn(_ server: ServingProgram) throws -> String {
        let answer = try server.request(
            "POST", "/api/requestAuthToken", body: #"{"email": "una@example.com", "password": "secret-words"}"#)
        return try #require(try JSONValue(parsing: answer.body)["auth_token"]?.stringValue)
    }

    private static var world: String {
        let sensors = (meters + [uploads, imports, "power"]).map {
            #"{"name": "\#($0)", "unit": "kW", "resolution": "PT15M", "timezone": "UTC"}"#
        }
        return #"""
            {"format": "contract-world/1", "accounts": [{"name": "A", "roles": []}],
             "users": [{"username": "una", "email": "una@example.com", "password": "secret-words", "account": "A",
                        "roles": ["account-admin"]}],
             "assets": [{"path": "Site", "type": "battery", "account": "A", "sensors": [\#(sensors.joined(separator: ","))]}],
             "sources": [], "series": []}
            """#
    }
}

extension FaultWorld {
    /// Posts the values of a write; the ledger hears of it only when the server has said yes.
    func post(_ write: Write, to server: ServingProgram, _ ledger: Ledger) throws {
        let values = Array(repeating: "\(write.value)", count: write.count).joined(separator: ",")
        let answer = try server.request(
            "POST", "/api/v3_0/sensors/\(try sensor(write.sensor).id)/data", headers: ["Authorization": token],
            body: """
                {"start": "\(Instant(seconds: write.start).utcText)", "duration": "PT\(write.count * 15)M",
                 "unit": "kW", "values": [\(values)]}
                """)
        if answer.status == 200 { ledger.acknowledge(write) } else { ledger.refuse("\(answer)") }
    }

    /// Uploads the values of a write as a file.
    func upload(_ write: Write, to server: ServingProgram, _ ledger: Ledger) throws {
        let body = """
            --part\r\nContent-Disposition: form-data; name="uploaded-files"; filename="a.csv"\r\n\
            Content-Type: text/csv\r\n\r\n\(Self.rows(write))\r\n--part--\r\n
            """
        let answer = try server.request(
            "POST", "/api/v3_0/sensors/\(try sensor(write.sensor).id)/data/upload",
            headers: ["Authorization": token, "Content-Type": "multipart/form-data; boundary=part"], body: body)
        if answer.status == 200 { ledger.acknowledge(write) } else { ledger.refuse("\(answer)") }
    }

    /// Starts the command that records a file, in a process of its own.
    func startImport(of write: Write) throws -> ChildProcess {
        let file = folder.path + "/import-\(write.start).csv"
        try Self.rows(write).write(toFile: file, atomically: true, encoding: .utf8)
        return try ChildProcess(
            [BuiltProgram.path, "add", "data", file, "--sensor", "\(try sensor(write.sensor).id)", "--db", database],
            environment: BuiltProgram.environment())
    }

    /// Asks for a plan of the battery for the stretch of a write that nobody makes.
    func trigger(_ write: Write, at server: ServingProgram, _ ledger: Ledger) throws {
        let start = Instant(seconds: write.start)
        let answer = try server.request(
            "POST", "/api/v3_0/sensors/\(try sensor("power").id)/schedules/trigger", headers: ["Authorization": token],
            body: """
                {"start": "\(start.utcText)", "duration": "PT4H",
                 "flex-model": {"soc-at-start": "1 kWh", "soc-min": "0 kWh", "soc-max": "10 kWh", "power-capacity": "10 kW",
                    "soc-targets": [{"value": "9 kWh", "datetime": "\((start + .hours(4)).utcText)"}]},
                 "flex-context": {"consumption-price": "100 EUR/MWh"}}
                """)
        if answer.status == 200, let job = try JSONValue(parsing: answer.body)["schedule"]?.stringValue {
            ledger.acknowledge(job: job)
        } else {
            ledger.refuse("\(answer)")
        }
    }

    private static func rows(_ write: Write) -> String {
        (0..<write.count).map { "\(Instant(seconds: write.start + Int64($0) * Ledger.step).utcText),\(write.value)\n" }
            .reduce("event_start,event_value\n", +)
    }
}
