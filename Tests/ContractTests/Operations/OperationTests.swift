import APIServer
import EnergyCore
import Services
import Testing

/// Calls operations with a token, and answers with what came back.
private struct Session {
    let client: RouterClient
    let token: String

    func callAsFunction(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> Reply {
        var exchange = Exchange(method: method, path: path, headers: [("Authorization", token)], body: [])
        if let body {
            exchange.body = body.bytes()
            exchange.headers.append(("Content-Type", "application/json"))
        }
        return try await client.send(exchange)
    }
}

@Suite("Operations beyond the recordings")
struct OperationTests {
    private let server: ContractServer
    private let world: ReplayWorld

    init() async throws {
        server = try await ContractServer.start()
        world = try await server.replayWorld()
    }

    private func session(_ user: String) async throws -> Session {
        Session(client: server.client, token: try await world.token(user))
    }

    private func id(_ kind: String, _ name: String) async throws -> Int {
        try #require(try await world.lookUp(kind, name).intValue)
    }

    @Test("a remark is stored once and shows in the charts of its asset")
    func annotations() async throws {
        let call = try await session("north_user")
        let asset = try await id("asset", "North Site")
        let remark: JSONValue = [
            "content": "meter replaced", "start": "2026-03-23T00:00:00Z", "end": "2026-03-24T00:00:00Z",
            "type": "alert",
        ]
        let first = try await call("POST", "/api/v3_0/assets/\(asset)/annotations", remark)
        #expect(first.status == 201)
        let second = try await call("POST", "/api/v3_0/assets/\(asset)/annotations", remark)
        #expect(second.status == 200)
        #expect(second.json?["id"] == first.json?["id"])
        let shown = try await call(
            "GET", "/api/v3_0/assets/\(asset)/chart_annotations?start=2026-03-23T12:00:00Z&clip=true")
        #expect(shown.json?[0]?["content"] == ["meter replaced"])
        #expect(shown.json?[0]?["start"] == .int(1_774_267_200_000))
        let before = try await call("GET", "/api/v3_0/assets/\(asset)/chart_annotations?end=2026-03-22T00:00:00Z")
        #expect(before.json == [])
    }

    @Test("remarks are refused in the words of the contract")
    func faultyAnnotations() async throws {
        let call = try await session("north_user")
        let sensor = try await id("sensor", "North Site/site power")
        let reply = try await call(
            "POST", "/api/v3_0/sensors/\(sensor)/annotations", ["type": "gossip", "start": "2026-03-23T00:00:00"])
        #expect(reply.status == 422)
        #expect(reply.json?["message"]?["json"]?["content"] == ["Missing data for required field."])
        #expect(
            reply.json?["message"]?["json"]?["type"] == [
                "Must be one of: alert, holiday, label, feedback, warning, error."
            ])
    }

    @Test("a copied asset brings its tree and sensors, but no data")
    func copying() async throws {
        let call = try await session("north_admin")
        let asset = try await id("asset", "North Site/Main building")
        let parent = try await id("asset", "North Barn")
        let copy = try await call("POST", "/api/v3_0/assets/\(asset)/copy?parent=\(parent)")
        #expect(copy.status == 201)
        #expect(copy.json?["parent_asset_id"] == .int(parent))
        #expect(copy.json?["child_assets"]?.arrayValue?.count == 3)
        let sensor = try #require(copy.json?["sensors"]?[0]?["id"]?.intValue)
        #expect(try await call("GET", "/api/v3_0/sensors/\(sensor)/stats").json == ["status": 200])
        let other = try await session("south_admin")
        #expect(try await other("POST", "/api/v3_0/assets/\(asset)/copy").status == 403)
    }

    @Test("sources are listed with their types, those of unreadable users left out")
    func sources() async throws {
        let reply = try await session("south_user")("GET", "/api/v3_0/sources")
        let names = reply.json?["sources"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
        #expect(names.contains("Market feed"))
        #expect(!names.contains("Nils North"))
        #expect(reply.json?["types"]?.arrayValue?.contains("market") == true)
    }

    @Test("data of a source or a period can be deleted alone")
    func partialDeletion() async throws {
        let call = try await session("north_admin")
        let sensor = try await id("sensor", "North Barn/barn load")
        let before = try await call("GET", "/api/v3_0/sensors/\(sensor)/stats")
        let body: JSONValue = ["start": "2026-03-23T00:00:00+01:00", "until": "2026-03-23T00:30:00+01:00"]
        #expect(try await call("DELETE", "/api/v3_0/sensors/\(sensor)/data", body).status == 204)
        let after = try await call("GET", "/api/v3_0/sensors/\(sensor)/stats")
        #expect(after.json != before.json)
        #expect(after.json != ["status": 200])
    }

    @Test("the old endpoints by entity address still work and say that they are old")
    func deprecated() async throws {
        let call = try await session("north_user")
        let sensor = try await id("sensor", "North Barn/barn load")
        let query = "start=2026-03-23T00:00:00%2B01:00&duration=PT1H&unit=kW"
        let reply = try await call("GET", "/api/v3_0/sensors/data?sensor=ea1.2026-12.localhost:fm1.\(sensor)&\(query)")
        #expect(reply.status == 200)
        #expect(reply.header("Deprecation") == "true")
        let missing = try await call("GET", "/api/v3_0/sensors/data?sensor=ea1.2026-12.localhost:fm1.99999&\(query)")
        #expect(
            missing.json?["message"]?["query"]?["sensor"] == [
                "sensor with entity address ea1.2026-12.localhost:fm1.99999 doesn't exist."
            ])
    }

    @Test("a schedule comes in other units and signs")
    func scheduleUnits() async throws {
        let call = try await session("north_user")
        let sensor = try await id("sensor", "North Site/Main building/Battery/power")
        let trigger = try await call(
            "POST", "/api/v3_0/sensors/\(sensor)/schedules/trigger",
            [
                "start": "2026-03-24T00:00:00+01:00", "duration": "PT2H",
                "flex-model": [
                    "soc-at-start": "20 kWh",
                    "soc-targets": [["value": "30 kWh", "datetime": "2026-03-24T01:00:00+01:00"]],
                ],
            ])
        let job = try #require(trigger.json?["schedule"]?.stringValue)
        #expect(trigger.json?["job"] == nil)
        let waiting = try await call("GET", "/api/v3_0/jobs/\(job)")
        #expect(waiting.status == 202)
        #expect(waiting.json?["status"] == "QUEUED")
        try server.services.jobs.runner.runQueuedJobs()
        let plain = try await call("GET", "/api/v3_0/sensors/\(sensor)/schedules/\(job)")
        let turned = try await call(
            "GET", "/api/v3_0/sensors/\(sensor)/schedules/\(job)?unit=W&sign-convention=production-positive")
        let kilowatts = plain.json?["values"]?.arrayValue?.compactMap(\.doubleValue) ?? []
        let watts = turned.json?["values"]?.arrayValue?.compactMap(\.doubleValue) ?? []
        #expect(kilowatts.contains { $0 != 0 })
        #expect(kilowatts.count == watts.count)
        for (a, b) in zip(kilowatts, watts) { #expect(abs(a * -1000 - b) < 1e-6) }
        #expect(turned.json?["unit"] == "W")
        #expect(try await call("GET", "/api/v3_0/sensors/\(sensor)/schedules/\(job)?unit=EUR").status == 422)
        #expect(try await call("GET", "/api/v3_0/jobs/\(job)").json?["status"] == "FINISHED")
    }

    @Test("a report adds up weighted inputs and runs transformations")
    func reports() async throws {
        let call = try await session("north_admin")
        let asset = try await id("asset", "North Site/Main building/Battery")
        let input = try await id("sensor", "North Site/Main building/Battery/power")
        func make(_ name: String, _ unit: String, _ resolution: String) async throws -> JSONValue {
            let body: JSONValue = [
                "name": .string(name), "unit": .string(unit), "event_resolution": .string(resolution),
                "generic_asset_id": .int(asset),
            ]
            return try #require(try await call("POST", "/api/v3_0/sensors", body).json?["id"])
        }
        let doubled = try await make("doubled", "kW", "PT15M")
        let daily = try await make("daily", "kW", "P1D")
        let parameters: JSONObject = [
            "input": [["name": "power", "sensor": .int(input)]], "start": "2026-03-23T00:00:00+01:00",
            "end": "2026-03-24T00:00:00+01:00", "belief_horizon": "PT0H", "resolution": "PT15M",
        ]
        func run(_ reporter: String, _ output: JSONValue, _ config: JSONValue) async throws {
            var all = parameters
            all["output"] = [output]
            let body: JSONValue = ["reporter": .string(reporter), "parameters": .object(all), "config": config]
            let reply = try await call("POST", "/api/v3_0/assets/\(asset)/reports/trigger", body)
            #expect(reply.status == 202, "\(reply.text)")
            try server.services.jobs.runner.runQueuedJobs()
            let job = reply.json?["job"]?.stringValue ?? ""
            #expect(try await call("GET", "/api/v3_0/jobs/\(job)").json?["status"] == "FINISHED")
        }
        try await run("AggregatorReporter", ["sensor": doubled], ["weights": ["power": 2]])
        let steps: JSONValue = [
            ["df_input": "power", "df_output": "charged", "method": "clip", "kwargs": ["lower": 0]],
            ["df_output": "per day", "method": "resample", "args": ["1D"]], ["method": "max"],
            ["method": "multiply", "args": [10]],
        ]
        try await run("PandasReporter", ["name": "per day", "sensor": daily], ["transformations": steps])
        func values(_ sensor: JSONValue, _ duration: String) async throws -> [Double] {
            let path =
                "/api/v3_0/sensors/\(sensor.text())/data?start=2026-03-23T00:00:00%2B01:00&duration=\(duration)&unit=kW"
            return try await call("GET", path).json?["values"]?.arrayValue?.compactMap(\.doubleValue) ?? []
        }
        let original = try await values(.int(input), "PT24H")
        #expect(try await values(doubled, "PT24H") == original.map { $0 * 2 })
        #expect(try await values(daily, "P1D") == [(original.max() ?? 0) * 10])
        let refused = try await call(
            "POST", "/api/v3_0/assets/\(asset)/reports/trigger", ["reporter": "PandasReporter", "parameters": [:]])
        #expect(refused.json?["message"]?["json"]?["parameters"]?["start"] == ["Missing data for required field."])
    }

    @Test("clients that say their version get the job under its newer name as well")
    func newerClients() async throws {
        let sensor = try await id("sensor", "North Site/Main building/Battery/power")
        let body: JSONValue = ["start": "2026-03-24T00:00:00+01:00", "flex-model": ["soc-at-start": "20 kWh"]]
        let reply = try await server.client.send(
            Exchange(
                method: "POST", path: "/api/v3_0/sensors/\(sensor)/schedules/trigger",
                headers: [
                    ("Authorization", try await world.token("north_user")), ("Content-Type", "application/json"),
                    ("FlexMeasures-Client-Version", "0.9.6"),
                ], body: body.bytes()))
        #expect(reply.json?["job"] == reply.json?["schedule"])
    }
}
