import ArgumentParser
import EnergyCore
import Foundation
import Services

/// `flexdeck add ...`: what the API cannot do, and what is handy in scripts.
struct AddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add accounts, users, assets, sensors, sources, data or forecasts.",
        subcommands: [
            AddAccount.self, AddAccountRole.self, AddUser.self, AddAssetType.self, AddAsset.self, AddSensor.self,
            AddSource.self, AddData.self, AddForecasts.self,
        ])
}

struct AddAccount: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "account", abstract: "Add an account.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Name of the account.") var name: String
    @Option(help: "Account roles, separated by commas; missing ones are made.") var roles = ""
    @Option(help: "Colour as #rrggbb.") var primaryColor: String?
    @Option(help: "Colour as #rrggbb.") var secondaryColor: String?
    @Option(name: .customLong("logo-url"), help: "Address of a logo.") var logoURL: String?
    @Option(help: "Id of the account that advises this one.") var consultancy: Int?

    func run() throws {
        guard (primaryColor == nil) == (secondaryColor == nil) else {
            throw ValidationError("Give both colours or none.")
        }
        let services = try Composition.services(store)
        var fields: JSONObject = ["name": .string(name)]
        fields["primary_color"] = primaryColor.map { .string($0) }
        fields["secondary_color"] = secondaryColor.map { .string($0) }
        fields["logo_url"] = logoURL.map { .string($0) }
        fields["consultancy_account_id"] = consultancy.map { .int($0) }
        let account = try services.accounts.create(fields, roles: Setting.list(roles), as: .host)
        print("Account '\(TextTable.printable(account.name))' has id \(account.id).")
    }
}

struct AddAccountRole: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "account-role", abstract: "Add a label for accounts.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Name of the role.") var name: String
    @Option(help: "What it means.") var description = ""

    func run() throws {
        let role = try Composition.services(store).accounts.createRole(name, description: description, as: .host)
        print("Account role '\(TextTable.printable(role.name))' has id \(role.id).")
    }
}

struct AddUser: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add a user; the password is asked for, or read from standard input.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Name of the user.") var username: String
    @Option(help: "E-mail address, used to sign in.") var email: String
    @Option(help: "Id of the account.") var account: Int
    @Option(help: "User roles, separated by commas: admin, admin-reader, account-admin, consultant.") var roles = ""
    @Option(help: "Time zone (IANA name).") var timezone: String?

    func run() throws {
        let services = try Composition.services(store)
        var user = User(id: 0, username: username, email: email, accountID: account)
        user.timezone = timezone ?? services.settings.timezone
        for name in Setting.list(roles) {
            guard let role = UserRole(rawValue: name) else {
                let known = UserRole.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("There is no role '\(name)'; there are \(known).")
            }
            user.roles.insert(role)
        }
        let password = try PasswordPrompt.newPassword(atLeast: services.settings.access.minimumPasswordLength)
        let added = try services.users.create(user, password: password, as: .host)
        print("User '\(TextTable.printable(added.username))' has id \(added.id).")
    }
}

struct AddAssetType: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "asset-type", abstract: "Add an asset type.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Name of the type.") var name: String
    @Option(help: "What it means.") var description = ""

    func run() throws {
        let type = try Composition.services(store).assets.createType(name: name, description: description, as: .host)
        print("Asset type '\(TextTable.printable(type.name))' has id \(type.id).")
    }
}

struct AddAsset: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "asset", abstract: "Add an asset.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Name of the asset.") var name: String
    @Option(help: "Name or id of the asset type.") var assetType: String
    @Option(help: "Id of the account; without it the asset is public.") var account: Int?
    @Option(help: "Degrees north.") var latitude: Double?
    @Option(help: "Degrees east.") var longitude: Double?
    @Option(help: "Id of the asset above it.") var parentAsset: Int?

    func run() throws {
        let services = try Composition.services(store)
        guard
            let type = try services.assets.types().first(where: { $0.name == assetType || String($0.id) == assetType })
        else { throw CommandFailure("There is no asset type '\(assetType)'.") }
        var fields: JSONObject = ["name": .string(name), "generic_asset_type_id": .int(type.id)]
        fields["account_id"] = account.map { .int($0) } ?? .null
        fields["latitude"] = latitude.map { .double($0) }
        fields["longitude"] = longitude.map { .double($0) }
        fields["parent_asset_id"] = parentAsset.map { .int($0) }
        let asset = try services.assets.create(fields, as: .host)
        print("Asset '\(TextTable.printable(asset.name))' has id \(asset.id).")
    }
}

struct AddSensor: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sensor", abstract: "Add a sensor.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Name of the sensor.") var name: String
    @Option(help: "Unit, as kW or EUR/MWh; empty for none.") var unit: String
    @Option(help: "Length of an event (ISO 8601, or minutes); PT0M for readings at moments.") var eventResolution:
        String
    @Option(help: "Time zone (IANA name).") var timezone: String?
    @Option(help: "Id of the asset.") var asset: Int
    @Option(help: "Further attributes as a JSON object.") var attributes: String?

    func run() throws {
        let services = try Composition.services(store)
        var fields: JSONObject = [
            "name": .string(name), "unit": .string(unit), "generic_asset_id": .int(asset),
            "event_resolution": .string(Int(eventResolution).map { "PT\($0)M" } ?? eventResolution),
            "timezone": .string(timezone ?? services.settings.timezone),
        ]
        fields["attributes"] = attributes.map { .string($0) }
        let sensor = try services.sensors.create(fields, as: .host)
        print("Sensor '\(TextTable.printable(sensor.name))' has id \(sensor.id).")
    }
}

struct AddSource: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "source", abstract: "Add a data source.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Name of the source.") var name: String
    @Option(help: "Type, as gateway, market, forecaster, scheduler, reporter.") var type: String
    @Option(help: "Model behind its data.") var model: String?
    @Option(help: "Version of the model.") var version: String?

    func run() throws {
        let source = try Composition.services(store).sources.ensure(
            DataSource(id: 0, name: name, type: type, model: model, version: version))
        print("Source '\(TextTable.printable(source.name))' has id \(source.id).")
    }
}
