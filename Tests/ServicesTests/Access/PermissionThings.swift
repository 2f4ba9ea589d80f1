import EnergyCore
import Services
import Store
import TestSupport
import Testing

extension ServicePermissionTests.Things {
    static let start = Instant(seconds: 1_774_339_200)  // an hour before the clock of the house
    private static let aware = AwareDateTime(instant: start, offset: 0)

    private static let hour = ISODuration(span: .hours(1))

    var services: FlexServices { house.services }

    static let window = DataQuery(start: aware, duration: hour, unit: "kW")
    static let prices = DataQuery(start: aware, duration: hour, unit: "kW")
    static let period = KPIQuery(start: start, end: start + .hours(1))
    static func query(_ sensor: Sensor) -> SeriesQuery {
        SeriesQuery(sensor: sensor.id, start: start, end: start + .hours(1), step: .zero)
    }

    static let post = DataPost(values: [1, 2, 3, 4], start: aware, duration: .hours(1), unit: "kW")
    static let publicPost = post

    static var upload: UploadRequest {
        UploadRequest(files: [
            UploadedFile(
                name: "a.csv", contentType: "text/csv",
                bytes: Array("event_start,event_value\n\(start.utcText),1\n".utf8))
        ])
    }

    static var foreignUpload: UploadRequest {
        var request = upload
        request.source = DataSource(id: 0, name: "Somebody", type: "gateway")
        return request
    }

    static let message: JSONObject = [
        "start": .string(start.utcText), "duration": "PT2H",
        "flex-model": ["soc-at-start": "1 kWh", "soc-min": "0 kWh", "soc-max": "10 kWh", "power-capacity": "5 kW"],
        "flex-context": ["consumption-price": "100 EUR/MWh"],
    ]

    static func assetMessage(_ things: Self) -> JSONObject {
        var message = message
        var device = message["flex-model"]?.objectValue ?? [:]
        device["sensor"] = .int(things.sensor.id)
        message["flex-model"] = [.object(device)]
        return message
    }

    static func report(_ things: Self) -> JSONObject {
        [
            "reporter": "AggregatorReporter", "config": ["method": "sum"],
            "parameters": [
                "input": [["name": "a", "sensor": .int(things.sensor.id)]],
                "output": [["sensor": .int(things.sensor.id)]],
                "start": .string(start.utcText), "end": .string((start + .hours(1)).utcText),
            ],
        ]
    }

    static let world: JSONValue = [
        "format": "contract-world/1", "accounts": [["name": "Imported", "roles": []]], "users": [], "assets": [],
        "sources": [],
        "series": [],
    ]

    static func site(_ name: String) throws -> FirstSite { try FirstSite(answers: ["name": name]) }

    /// A scheduling job of the operator about the sensor.
    func plan() throws -> JobID {
        try services.schedules.trigger(Self.message, for: .sensor(sensor.id), as: .host)
    }

    /// A plan for a sensor of the stranger that refers to a sensor of the client: each may read its own only.
    func foreignPlan(as caller: Caller) throws -> JobID {
        let asset = try services.assets.create(
            ["name": "Elsewhere", "generic_asset_type_id": 5, "account_id": .int(house.stranger.id)], as: .host)
        let power = try house.makeSensor("power", of: asset)
        var message = Self.message
        // The stranger is asked about its own sensor in the message: nothing of the client is in it.
        message["flex-context"] = ["consumption-price": ["sensor": .int(try openPrice().id)]]
        return try services.schedules.trigger(message, for: .sensor(power.id), as: caller)
    }

    /// A sensor of prices that everybody may read.
    private func openPrice() throws -> Sensor {
        try services.sensors.create(
            ["name": "market price", "unit": "EUR/MWh", "event_resolution": "PT1H", "generic_asset_id": .int(open.id)],
            as: .host)
    }

    /// A job about the asset whose workers died.
    func failedJob() throws -> JobID {
        var request = JobRequest(kind: "test", queue: "scheduling", payload: [:])
        request.assetID = asset.id
        let job = try services.jobs.enqueue(request, as: .host)
        let now = house.clock.now
        try house.store.write { transaction in
            _ = try transaction.claimJob(ofKinds: ["test"], for: "dead", now: now, lease: now)
            _ = try transaction.reclaimJobs(at: now + .seconds(1), attempts: 1, expiresAt: nil)
        }
        return job.id
    }

    /// There is too little to forecast from, which is found out after the right.
    func forecastNow(as caller: Caller) throws {
        do {
            _ = try services.forecasts.run(["duration": "P1D"], for: sensor.id, as: caller)
        } catch is JobFailure {}
    }

    func removeRemark(as caller: Caller) throws {
        let made = try services.annotations.create(
            ["content": "x", "start": "2026-01-01T00:00Z", "end": "2026-01-02T00:00Z"], on: .asset(asset.id), as: .host)
        try services.annotations.delete(made.annotation.id, on: .asset(asset.id), as: caller)
    }

    func deleteRole(as caller: Caller) throws {
        let role = try services.accounts.createRole("Old", description: "", as: .host)
        try services.accounts.deleteRole(role.id, as: caller)
    }

    func revoke(as caller: Caller) throws {
        _ = try services.access.signIn(email: "member@example.com", password: "password of member")
        for token in try services.access.tokens(as: .host) { try services.access.revokeToken(token.id, as: caller) }
    }

    func makeUser(as caller: Caller) throws {
        let draft = User(id: 0, username: "fresh", email: "fresh@example.com", accountID: house.client.id)
        _ = try services.users.create(draft, password: "long enough", as: caller)
    }

    func takeOver(as caller: Caller) throws { _ = try services.migration.store(PeerContent(), as: caller) }

    func noteTakeOver(as caller: Caller) throws {
        try services.migration.keep(PeerProgress(), server: "https://ems.example.com", sensor: 1, as: caller)
    }

    /// Whether a name is taken is no business of those who may not make it.
    func knownSite(as caller: Caller) throws {
        do {
            _ = try services.firstRun.build(Self.site(asset.name), as: caller)
        } catch is FieldErrors {
            // The refusal of the name has to come after that of the caller.
            #expect(caller.isAdmin)
        }
    }
}
