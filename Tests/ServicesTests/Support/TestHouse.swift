import EnergyCore
import Logging
import Services
import Store
import TestSupport

/// Services on a store in memory: a host account, a client with its consultancy, a stranger, and one user of each kind.
struct TestHouse {
    let store: Store
    let clock = ManualClock()
    let services: FlexServices
    let host: Account
    let client: Account
    let consultancy: Account
    let stranger: Account
    let callers: [String: Caller]

    init(path: String = ":memory:", _ adjust: (inout ServiceSettings) -> Void = { _ in }) throws {
        var settings = ServiceSettings()
        settings.timezone = "Europe/Amsterdam"
        settings.access.passwordCost = .testing
        adjust(&settings)
        store = try Store(path: path)
        let services = FlexServices(store: store, settings: settings, clock: clock, logger: Logger(label: "test"))
        self.services = services
        func account(_ name: String, _ fields: JSONObject = [:]) throws -> Account {
            var fields = fields
            fields["name"] = .string(name)
            return try services.accounts.create(fields, as: .host)
        }
        host = try account("Host")
        consultancy = try account("Advice")
        client = try account("Client", ["consultancy_account_id": .int(consultancy.id)])
        stranger = try account("Stranger")
        var callers: [String: Caller] = ["host": .host]
        let users: [(String, Account, Set<UserRole>)] = [
            ("admin", host, [.admin]), ("reader", host, [.adminReader]), ("owner", client, [.accountAdmin]),
            ("member", client, []), ("consultant", consultancy, [.consultant]), ("colleague", consultancy, []),
            ("stranger", stranger, [.accountAdmin]),
        ]
        for (name, account, roles) in users {
            var draft = User(id: 0, username: name, email: "\(name)@example.com", accountID: account.id)
            draft.roles = roles
            let user = try services.users.create(draft, password: "password of \(name)", as: .host)
            callers[name] = Caller(user: user, origin: .api)
        }
        self.callers = callers
    }

    /// The user of that name as a caller; the host if there is none.
    func caller(_ name: String) -> Caller { callers[name] ?? .host }

    /// An asset of the client.
    func makeAsset(_ name: String, under parent: AssetID? = nil) throws -> Asset {
        try services.assets.create(
            [
                "name": .string(name), "generic_asset_type_id": 5, "account_id": .int(client.id),
                "parent_asset_id": .int(parent),
            ], as: .host)
    }

    /// A power sensor of an asset.
    func makeSensor(_ name: String, of asset: Asset) throws -> Sensor {
        try services.sensors.create(
            [
                "name": .string(name), "unit": "kW", "event_resolution": "PT15M", "generic_asset_id": .int(asset.id),
            ], as: .host)
    }

    /// Records a value of a quarter of an hour ago.
    func measure(_ value: Double, of sensor: Sensor) throws {
        try store.write { transaction in
            let source = try transaction.ensure(DataSource(id: 0, name: "Meter", type: "gateway"))
            var batch = BeliefBatch(sensor: sensor, source: source.id)
            batch.append(start: (clock.now - .minutes(15)).seconds, horizon: .zero, value: value)
            _ = try transaction.save(batch)
        }
    }

    /// Waits until a job is over.
    func waitForEnd(of job: JobID) throws {
        while try services.jobs.find(job)?.state.isOver == false {}
    }

    /// How many values a sensor has.
    func countOfValues(of sensor: Sensor) throws -> Int {
        try store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)).count }
    }

    /// The faults that a call throws, as lines of text.
    func faults(_ body: () throws -> Void) throws -> [String] {
        do {
            try body()
            return []
        } catch let faults as FieldErrors {
            return faults.texts.map { ($0.path + [$0.text]).joined(separator: ": ") }
        }
    }
}
