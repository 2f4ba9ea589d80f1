import EnergyCore
import Foundation
import Logging
import Store
import Testing

@testable import Services

@Suite("World files")
struct WorldTests {
    private func services() throws -> FlexServices {
        var settings = ServiceSettings()
        settings.access.passwordCost = .testing
        return FlexServices(
            store: try Store(path: ":memory:"), settings: settings, clock: SystemClock(), logger: Logger(label: "test"))
    }

    private static let small: JSONValue = [
        "format": "contract-world/1", "server": ["timezone": "Europe/Amsterdam"],
        "account_roles": [["name": "Prosumer"]],
        "accounts": [
            ["name": "Adviser", "roles": []], ["name": "Client", "roles": ["Prosumer"], "consultancy": "Adviser"],
        ],
        "users": [
            [
                "key": "u", "username": "Una", "email": "una@example.com", "password": "secret-one",
                "account": "Client",
                "roles": ["account-admin"], "active": true, "timezone": "Europe/Amsterdam",
            ]
        ],
        "assets": [
            [
                "path": "Site", "type": "building", "account": "Client",
                "flex_context": [
                    "consumption-price": ["$sensor": "Site/price"],
                    "inflexible-device-sensors": [["$sensor": "Site/load"]],
                ],
                "sensors_to_show": [
                    ["title": "Both", "sensors": [["$sensor": "Site/price"], ["$sensor": "Site/load"]]],
                    ["title": "Plots", "plots": [["sensor": ["$sensor": "Site/load"]]]],
                ],
                "sensors": [
                    ["name": "price", "unit": "EUR/MWh", "resolution": "PT1H", "timezone": "Europe/Amsterdam"],
                    [
                        "name": "load", "unit": "kW", "resolution": "PT15M", "timezone": "Europe/Amsterdam",
                        "knowledge_horizon": ["ex_post": "PT5M"],
                    ],
                    ["name": "energy", "unit": "kWh", "resolution": "P1D", "timezone": "Europe/Amsterdam"],
                ],
            ],
            ["path": "Site/Battery", "type": "battery", "account": "Client", "flex_model": ["soc-min": "1 kWh"]],
        ],
        "sources": [["key": "m", "name": "Meter", "type": "gateway"], ["key": "u", "user": "u"]],
        "series": [
            [
                "sensor": "Site/load", "source": "m", "start": "2026-03-28T00:00:00+01:00", "horizon": "PT0H",
                "values": [1, nil, 3.5],
            ],
            [
                "sensor": "Site/energy", "source": "u", "start": "2026-03-28T00:00:00+01:00", "repeat": 2,
                "belief_time": "2026-04-02T00:00:00+02:00", "values": [10, 20],
            ],
            [
                "sensor": "Site/price", "source": "m", "start": "2026-03-28T00:00:00+01:00", "horizon": "P1D",
                "cumulative_probability": 0.1, "values": [50],
            ],
        ],
    ]

    private func exported(_ services: FlexServices) throws -> JSONValue {
        var text = ""
        try services.world.exportWorld(as: .host, includingData: true, to: { text += $0 })
        return try JSONValue(parsing: text)
    }

    @Test("loading a file twice changes nothing the second time")
    func idempotent() throws {
        let services = try services()
        let first = try services.world.importWorld(Self.small, as: .host)
        #expect(
            first.accounts == 2 && first.users == 1 && first.assets == 2 && first.sensors == 3 && first.beliefs == 7)
        let before = try exported(services)
        #expect(try services.world.importWorld(Self.small, as: .host).beliefs == 0)
        #expect(try exported(services) == before)
    }

    @Test("an exported world loads into an equal store")
    func roundTrip() throws {
        let original = try services()
        _ = try original.world.importWorld(Self.small, as: .host)
        let world = try exported(original)
        let copy = try services()
        _ = try copy.world.importWorld(world, as: .host)
        #expect(try exported(copy) == world)
        #expect(world["assets"]?[0]?["flex_context"] == Self.small["assets"]?[0]?["flex_context"])
        #expect(world["assets"]?[0]?["sensors_to_show"] == Self.small["assets"]?[0]?["sensors_to_show"])
    }

    @Test("steps of a daily series are local days, across a clock change")
    func localDays() throws {
        let services = try services()
        _ = try services.world.importWorld(Self.small, as: .host)
        let starts = try services.context.store.read { transaction in
            let sensor = try #require(try transaction.sensors().first { $0.name == "energy" })
            return try transaction.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)).starts
        }
        let midnights = ["2026-03-27T23:00Z", "2026-03-28T23:00Z", "2026-03-29T22:00Z", "2026-03-30T22:00Z"]
        #expect(starts == (try midnights.map { try Instant(parsing: $0).seconds }))
    }

    private static let faulty: [(field: String, value: JSONValue, message: String)] = [
        (
            "series", [["sensor": "Site/none", "source": "m", "start": "2026-03-28T00:00Z", "values": []]],
            "series[0].sensor: there is no sensor 'Site/none'"
        ),
        (
            "accounts", [["name": "A", "roles": [], "consultancy": "Nobody"]],
            "accounts[0].consultancy: there is no account 'Nobody' before this one"
        ),
        ("users", [["email": 5]], "users[0].email: a text is due"),
        ("assets", [["path": "X", "type": "rocket"]], "assets[0].type: there is no asset type 'rocket'"),
        (
            "extra", [],
            "extra: there is no such field; known are account_roles, accounts, asset_types, assets, format, "
                + "series, server, sources, user_roles, users"
        ),
    ]

    @Test("a fault is named with its place, and nothing of the file is stored", arguments: faulty)
    func faults(field: String, value: JSONValue, message: String) throws {
        let services = try services()
        var world = try #require(Self.small.objectValue)
        world[field] = value
        do {
            _ = try services.world.importWorld(.object(world), as: .host)
            Issue.record("the world was accepted")
        } catch let error as WorldError {
            #expect(error.description == message)
        }
        #expect(try services.context.store.read { try $0.accounts() }.isEmpty)
    }

    @Test("only admins load and write worlds")
    func permission() throws {
        let services = try services()
        let plain = Caller(user: User(id: 1, username: "p", email: "p@x", accountID: 1), origin: .cli)
        #expect(throws: AccessError.forbidden) { try services.world.importWorld(Self.small, as: plain) }
        #expect(throws: AccessError.forbidden) {
            try services.world.exportWorld(as: plain, includingData: true, to: { _ in })
        }
    }
}
