import EnergyCore
import Services
import Store
import TestSupport
import Testing

/// Calls every service as every kind of caller. A row says who gets through; everybody else is refused.
@Suite("Rights at every service")
struct ServicePermissionTests {
    /// What the calls are made on: an account of a client, a user, an asset, a public asset and a sensor of each.
    struct Things {
        let house: TestHouse
        let member: UserID
        let asset: Asset
        let sensor: Sensor
        let open: Asset
        let openSensor: Sensor

        init() throws {
            house = try TestHouse()
            member = house.caller("member").userID ?? 0
            asset = try house.makeAsset("Site")
            sensor = try house.makeSensor("power", of: asset)
            open = try house.services.assets.create(["name": "Market", "generic_asset_type_id": 5], as: .host)
            openSensor = try house.makeSensor("price", of: open)
        }
    }

    typealias Call = @Sendable (Things, Caller) throws -> Void

    static let everyone = ["host", "admin", "reader", "owner", "member", "consultant", "colleague", "stranger"]
    static let readers = ["host", "admin", "reader", "owner", "member", "consultant"]
    static let members = ["host", "admin", "owner", "member", "consultant"]
    static let managers = ["host", "admin", "owner", "consultant"]
    static let admins = ["host", "admin"]

    static let reading: [(String, [String], Call)] = [
        ("account", readers, { _ = try $0.house.services.accounts.account($0.house.client.id, as: $1) }),
        ("user", readers, { _ = try $0.house.services.users.user($0.member, as: $1) }),
        ("asset", readers, { _ = try $0.house.services.assets.asset($0.asset.id, as: $1) }),
        ("public asset", everyone, { _ = try $0.house.services.assets.asset($0.open.id, as: $1) }),
        ("sensor", readers, { _ = try $0.house.services.sensors.sensor($0.sensor.id, as: $1) }),
        ("public sensor", everyone, { _ = try $0.house.services.sensors.sensor($0.openSensor.id, as: $1) }),
        (
            "sensors of asset", readers,
            { _ = try $0.house.services.sensors.sensors(ofAsset: $0.asset.id, filter: .none, order: nil, as: $1) }
        ),
        ("tree", readers, { _ = try $0.house.services.assets.tree(from: $0.asset.id, as: $1) }),
        ("jobs of asset", readers, { _ = try $0.house.services.jobs.jobs(ofAsset: $0.asset.id, as: $1) }),
        ("log of asset", readers, { _ = try $0.house.services.audit.log(.asset($0.asset.id), AuditQuery(), as: $1) }),
        (
            "log of account", ["host", "admin", "reader", "owner", "consultant"],
            { _ = try $0.house.services.audit.log(.account($0.house.client.id), AuditQuery(), as: $1) }
        ),
        (
            "log of user", readers,
            { _ = try $0.house.services.audit.log(.user($0.member), AuditQuery(), as: $1) }
        ),
        (
            "whole log", ["host", "admin", "reader"],
            { _ = try $0.house.services.audit.log(.everything, AuditQuery(), as: $1) }
        ),
        ("outbox", ["host", "admin", "reader"], { _ = try $0.house.services.mails.outbox(limit: 1, as: $1) }),
        (
            "annotations", readers,
            { _ = try $0.house.services.annotations.annotations(on: .asset($0.asset.id), from: nil, to: nil, as: $1) }
        ),
    ]

    static let writing: [(String, [String], Call)] = [
        (
            "change account", members,
            { _ = try $0.house.services.accounts.update($0.house.client.id, ["primary_color": "#123"], as: $1) }
        ),
        (
            "make account", ["host", "admin", "consultant"],
            { _ = try $0.house.services.accounts.create(["name": "New"], as: $1) }
        ),
        ("delete account", admins, { try $0.house.services.accounts.delete($0.house.client.id, as: $1) }),
        (
            "make user", managers,
            {
                _ = try $0.house.services.users.create(
                    ["email": "n@example.com", "username": "n", "account_id": .int($0.house.client.id)], as: $1)
            }
        ),
        (
            "change user", ["host", "admin", "owner", "member", "consultant"],
            {
                _ = try $0.house.services.users.update($0.member, ["timezone": "UTC"], as: $1)
            }
        ),
        ("stop user", managers, { _ = try $0.house.services.users.update($0.member, ["active": false], as: $1) }),
        ("reset password", members, { try $0.house.services.users.resetPassword(of: $0.member, as: $1) }),
        ("set password", ["host"], { try $0.house.services.users.setPassword("long enough", of: $0.member, as: $1) }),
        ("delete user", admins, { try $0.house.services.users.delete($0.member, as: $1) }),
        (
            "make asset", managers,
            {
                _ = try $0.house.services.assets.create(
                    ["name": "New", "generic_asset_type_id": 5, "account_id": .int($0.house.client.id)], as: $1)
            }
        ),
        ("change asset", members, { _ = try $0.house.services.assets.update($0.asset.id, ["latitude": 1], as: $1) }),
        ("change public", admins, { _ = try $0.house.services.assets.update($0.open.id, ["latitude": 1], as: $1) }),
        ("delete asset", managers, { try $0.house.services.assets.delete($0.asset.id, as: $1) }),
        ("delete public", admins, { try $0.house.services.assets.delete($0.open.id, as: $1) }),
        (
            "copy asset", managers,
            { _ = try $0.house.services.assets.copy($0.asset.id, toAccount: nil, under: nil, as: $1) }
        ),
        (
            "make asset type", admins,
            { _ = try $0.house.services.assets.createType(name: "kite", description: "", as: $1) }
        ),
        (
            "make sensor", members,
            {
                _ = try $0.house.services.sensors.create(
                    ["name": "n", "unit": "kW", "event_resolution": "PT1H", "generic_asset_id": .int($0.asset.id)],
                    as: $1)
            }
        ),
        ("change sensor", managers, { _ = try $0.house.services.sensors.update($0.sensor.id, [:], as: $1) }),
        ("change public sensor", admins, { _ = try $0.house.services.sensors.update($0.openSensor.id, [:], as: $1) }),
        ("delete sensor", managers, { try $0.house.services.sensors.delete($0.sensor.id, as: $1) }),
        (
            "annotate", members,
            {
                _ = try $0.house.services.annotations.create(
                    ["content": "x", "start": "2026-01-01T00:00Z", "end": "2026-01-02T00:00Z"],
                    on: .sensor($0.sensor.id), as: $1)
            }
        ),
        (
            "make source", admins,
            { _ = try $0.house.services.sources.create(name: "s", type: "market", model: nil, version: nil, as: $1) }
        ),
        ("clear jobs", admins, { try $0.house.services.jobs.clear(queue: nil, states: [.failed], as: $1) }),
    ]

    @Test("readers get what the table says", arguments: reading.indices)
    func read(row: Int) throws {
        let things = try Things()
        try Self.check(Self.reading[row]) { _ in things }
    }

    @Test("writers may do what the table says", arguments: writing.indices)
    func write(row: Int) throws {
        // A house of its own for each caller: the call changes it.
        try Self.check(Self.writing[row]) { _ in try Things() }
    }

    static func check(_ row: (String, [String], Call), things: (String) throws -> Things) throws {
        let (name, allowed, call) = row
        for caller in everyone {
            let things = try things(caller)
            do {
                try call(things, things.house.caller(caller))
                #expect(allowed.contains(caller), "\(caller) must not \(name)")
            } catch AccessError.forbidden {
                #expect(!allowed.contains(caller), "\(caller) may \(name)")
            } catch is FieldErrors {
                // Clients know the refusal to make assets for another account as a fault of its field.
                #expect(!allowed.contains(caller), "\(caller) may \(name)")
            }
        }
    }
}
