import ArgumentParser
import EnergyCore
import Foundation
import Services

/// `flexdeck edit ...`
struct EditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change an account, a user, an asset or a sensor.",
        subcommands: [EditAccount.self, EditUser.self, EditAsset.self, EditSensor.self, EditPassword.self])
}

/// Fields as the API spells them, as `name=value`; values are JSON where they parse as JSON, else text.
struct FieldOptions: ParsableArguments {
    @Option(
        name: .customLong("field"), parsing: .singleValue,
        help: ArgumentHelp("A field as the API spells it.", valueName: "name=value"))
    var fields: [String] = []

    func object() throws -> JSONObject {
        guard !fields.isEmpty else { throw ValidationError("Give at least one --field name=value.") }
        return JSONObject(
            try fields.map { field in
                let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2 else { throw ValidationError("'--field \(field)': write it as name=value.") }
                return (parts[0], (try? JSONValue(parsing: parts[1])) ?? .string(parts[1]))
            })
    }
}

struct EditAccount: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "account", abstract: "Change fields of an account.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var change: FieldOptions
    @Option(help: "Id of the account.") var id: Int

    func run() throws {
        let account = try Composition.services(store).accounts.update(id, try change.object(), as: .host)
        print("Account \(account.id) is changed.")
    }
}

struct EditUser: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "user", abstract: "Change fields of a user.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var change: FieldOptions
    @Option(help: "Name or e-mail address of the user.") var user: String

    func run() throws {
        let services = try Composition.services(store)
        let id = try UserArgument.id(user, services)
        _ = try services.users.update(id, try change.object(), as: .host)
        print("User \(id) is changed.")
    }
}

struct EditAsset: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "asset", abstract: "Change fields of an asset.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var change: FieldOptions
    @Option(help: "Id of the asset.") var id: Int

    func run() throws {
        _ = try Composition.services(store).assets.update(id, try change.object(), as: .host)
        print("Asset \(id) is changed.")
    }
}

struct EditSensor: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sensor", abstract: "Change fields of a sensor.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var change: FieldOptions
    @Option(help: "Id of the sensor.") var id: Int

    func run() throws {
        _ = try Composition.services(store).sensors.update(id, try change.object(), as: .host)
        print("Sensor \(id) is changed.")
    }
}

struct EditPassword: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Set a user's password; it is asked for, or read from standard input.")

    @OptionGroup var store: StoreOptions
    @Option(help: "Name or e-mail address of the user.") var user: String

    func run() throws {
        let services = try Composition.services(store)
        let id = try UserArgument.id(user, services)
        let password = try PasswordPrompt.newPassword(atLeast: services.settings.access.minimumPasswordLength)
        try services.users.setPassword(password, of: id, as: .host)
        print("The password is set; older tokens of the user are void.")
    }
}

/// A user named on the command line.
enum UserArgument {
    static func id(_ nameOrEmail: String, _ services: FlexServices) throws -> UserID {
        guard let user = try services.users.find(nameOrEmail) else {
            throw CommandFailure("There is no user '\(nameOrEmail)'.")
        }
        return user.id
    }
}
