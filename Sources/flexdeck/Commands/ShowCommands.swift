import ArgumentParser
import EnergyCore
import Foundation
import Services
import Store

/// `flexdeck show ...`
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show accounts, users, assets, sensors, sources, roles or data.",
        subcommands: [
            ShowAccounts.self, ShowUsers.self, ShowAssets.self, ShowAsset.self, ShowSensors.self, ShowSources.self,
            ShowAssetTypes.self, ShowRoles.self, ShowMails.self, ShowData.self, ShowForecasters.self,
        ])
}

struct ShowAccounts: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "accounts", abstract: "All accounts.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        let records = try Composition.services(store).context.records()
        var table = TextTable([
            .init("id", numeric: true), .init("name"), .init("roles"), .init("advised by"),
            .init("assets", numeric: true),
        ])
        for account in records.accountsByID {
            table.add([
                "\(account.id)", account.name, account.roles.map(\.name).joined(separator: ","),
                account.consultancyID.flatMap { records.accounts[$0]?.name } ?? "",
                "\(records.assets(of: account.id).count)",
            ])
        }
        print(table.text)
    }
}

struct ShowUsers: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "users", abstract: "All users.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        let records = try Composition.services(store).context.records()
        var table = TextTable([
            .init("id", numeric: true), .init("name"), .init("email"), .init("account"), .init("roles"),
            .init("active"),
        ])
        for user in records.users.values.sorted(by: { $0.id < $1.id }) {
            table.add([
                "\(user.id)", user.username, user.email, records.accounts[user.accountID]?.name ?? "",
                UserRole.allCases.filter(user.roles.contains).map(\.rawValue).joined(separator: ","),
                user.isActive ? "yes" : "no",
            ])
        }
        print(table.text)
    }
}

struct ShowAssets: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "assets", abstract: "All assets, as trees.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        let records = try Composition.services(store).context.records()
        var table = TextTable([
            .init("id", numeric: true), .init("asset"), .init("type"), .init("account"),
            .init("sensors", numeric: true),
        ])
        func add(_ asset: Asset, depth: Int) {
            table.add([
                "\(asset.id)", String(repeating: "  ", count: depth) + asset.name, asset.type.name,
                asset.accountID.flatMap { records.accounts[$0]?.name } ?? "(public)",
                "\(records.sensors(of: asset.id).count)",
            ])
            for child in records.children(of: asset.id) { add(child, depth: depth + 1) }
        }
        for root in records.children(of: nil) { add(root, depth: 0) }
        print(table.text)
    }
}

struct ShowAsset: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "asset", abstract: "One asset with its configuration and sensors.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Id of the asset.") var id: Int

    func run() throws {
        let details = try Composition.services(store).assets.details(id, as: .host)
        let asset = details.asset
        print(
            "\(TextTable.printable(asset.name)) (id \(asset.id)), \(asset.type.name), \(details.owner.map { TextTable.printable($0.name) } ?? "public")"
        )
        print("flex-context: \(asset.flexContext.text())")
        print("flex-model:   \(asset.flexModel?.text() ?? "none")")
        print("attributes:   \(asset.attributes.text())")
        print(SensorTable.text(details.sensors))
    }
}

struct ShowSensors: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensors", abstract: "The sensors of an asset, or all.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Id of the asset.") var asset: Int?

    func run() throws {
        let records = try Composition.services(store).context.records()
        let assets = asset.map { [$0] } ?? records.children(of: nil).flatMap { records.tree(from: $0.id) }.map(\.id)
        print(SensorTable.text(assets.flatMap { records.sensors(of: $0) }))
    }
}

/// Sensors as rows.
enum SensorTable {
    static func text(_ sensors: [Sensor]) -> String {
        var table = TextTable([
            .init("id", numeric: true), .init("sensor"), .init("unit"), .init("resolution"), .init("zone"),
            .init("asset", numeric: true),
        ])
        for sensor in sensors {
            table.add([
                "\(sensor.id)", sensor.name, sensor.unit, sensor.resolution.isoText(.hours), sensor.timezone,
                "\(sensor.assetID)",
            ])
        }
        return table.text
    }
}

struct ShowSources: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources", abstract: "All data sources.", aliases: ["data-sources"])

    @OptionGroup var store: StoreOptions

    func run() throws {
        var table = TextTable([
            .init("id", numeric: true), .init("name"), .init("type"), .init("model"), .init("version"),
        ])
        for source in try Composition.services(store).sources.sources(onlyLatest: false, as: .host) {
            table.add(["\(source.id)", source.name, source.type, source.model ?? "", source.version ?? ""])
        }
        print(table.text)
    }
}

struct ShowAssetTypes: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "asset-types", abstract: "All asset types.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        var table = TextTable([.init("id", numeric: true), .init("name"), .init("description")])
        for type in try Composition.services(store).assets.types() {
            table.add(["\(type.id)", type.name, type.description])
        }
        print(table.text)
    }
}

struct ShowRoles: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "roles", abstract: "Roles of accounts and of users.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        var table = TextTable([.init("kind"), .init("name"), .init("description")])
        for role in try Composition.services(store).accounts.roles() {
            table.add(["account", role.name, role.description])
        }
        for role in UserRole.allCases { table.add(["user", role.rawValue, ""]) }
        print(table.text)
    }
}

struct ShowMails: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "mails", abstract: "The outbox.")

    @OptionGroup var store: StoreOptions
    @Option(help: "How many.") var limit = 20

    func run() throws {
        for mail in try Composition.services(store).mails.outbox(limit: limit, as: .host) {
            print(
                "\(mail.createdAt.utcText) to \(TextTable.printable(mail.recipient)): \(TextTable.printable(mail.subject))"
            )
            print(
                mail.text.split(separator: "\n").map { "    " + TextTable.printable(String($0)) }.joined(
                    separator: "\n"))
        }
    }
}
