import EnergyCore
import Foundation
import TestSupport
import Testing

@Suite("What a server says about itself")
struct SecretsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let world = #"""
            {"format": "contract-world/1", "accounts": [{"name": "A", "roles": []}],
             "users": [{"username": "una", "email": "una@example.com", "password": "secret-words", "account": "A",
                        "roles": ["account-admin"]}], "assets": [], "sources": [], "series": []}
            """#
        try world.write(toFile: folder.path + "/world.json", atomically: true, encoding: .utf8)
        let loaded = try BuiltProgram.run(["import", folder.path + "/world.json", "--db", folder.path + "/store.db"])
        #expect(loaded.status == 0, "\(loaded.errors)")
    }

    @Test(
        "tokens, passwords and reset links are in no line of the log, however much is logged",
        arguments: ["text", "json"])
    func secrets(format: String) throws {
        let server = try ServingProgram(
            database: folder.path + "/store.db",
            arguments: ["--set", "log-level=trace", "--set", "log-format=\(format)"])
        let signIn = #"{"email": "una@example.com", "password": "secret-words"}"#
        let answer = try server.request("POST", "/api/requestAuthToken", body: signIn)
        let token = try #require(try JSONValue(parsing: answer.body)["auth_token"]?.stringValue)
        for headers in [
            ["Authorization": token], ["Authorization": "Bearer \(token)"], ["Authorization": "wrong-token"],
        ] {
            _ = try server.request("GET", "/api/v3_0/sensors", headers: headers)
        }
        _ = try server.request("GET", "/api/v3_0/sensors?auth_token=\(token)")
        _ = try server.request("GET", "/reset/wrong-link")
        _ = try server.request("POST", "/reset/wrong-link", body: "password=new-secret-words")
        _ = try server.request(
            "POST", "/api/requestAuthToken", body: #"{"email": "una@example.com", "password": "wrong-words"}"#)
        #expect(server.end(with: SIGTERM) == 0)
        for secret in [token, "secret-words", "wrong-words", "wrong-token", "wrong-link"] {
            #expect(!server.events.contains(secret), "\(secret) was logged")
        }
    }

    @Test("probes tell the truth without signing in")
    func probes() throws {
        let server = try ServingProgram(database: folder.path + "/store.db")
        #expect(try server.request("GET", "/api/ops/ping").status == 200)
        let ready = try server.request("GET", "/api/v3_0/health/ready")
        #expect(ready.status == 200)
        #expect(try JSONValue(parsing: ready.body)["database_sql"] == true)
        #expect(try server.request("GET", "/metrics").status == 404)
    }

    @Test("programs that it starts get none of its connections")
    func children() throws {
        let server = try ServingProgram(database: folder.path + "/store.db")
        let silent = try server.silentConnection()
        #expect(try server.request("GET", "/api/ops/ping").status == 200)
        // A connection that has just been accepted is marked by its event loop, which may be about to.
        var sockets = server.sockets
        let deadline = ContinuousClock.now + .seconds(30)
        while sockets.all < 2 || sockets.inherited > 0, ContinuousClock.now < deadline {
            usleep(2_000)
            sockets = server.sockets
        }
        #expect(sockets.all >= 2 && sockets.inherited == 0, "\(sockets)")
        close(silent)
        #expect(server.end(with: SIGTERM) == 0)
    }

    @Test("settings are read again on SIGHUP; a broken file changes nothing and is told")
    func reload() throws {
        let file = folder.path + "/settings.toml"
        try "metrics = false\n".write(toFile: file, atomically: true, encoding: .utf8)
        let server = try ServingProgram(database: folder.path + "/store.db", arguments: ["--config", file])
        #expect(try server.request("GET", "/metrics").status == 404)
        try "metrics = true\nlog-level = \"debug\"\n".write(toFile: file, atomically: true, encoding: .utf8)
        try hangUp(server, until: "settings were read again")
        #expect(try server.request("GET", "/metrics").status == 200)
        try "metrics = \"perhaps\"\n".write(toFile: file, atomically: true, encoding: .utf8)
        try hangUp(server, until: "settings stay as they are")
        #expect(try server.request("GET", "/metrics").status == 200)
        #expect(server.events.contains("metrics"))
        #expect(server.end(with: SIGTERM) == 0)
    }

    private func hangUp(_ server: ServingProgram, until event: String) throws {
        server.reload()
        let deadline = ContinuousClock.now + .seconds(30)
        while !server.events.contains(event), ContinuousClock.now < deadline { usleep(2_000) }
        #expect(server.events.contains(event), "\(server.events)")
    }
}
