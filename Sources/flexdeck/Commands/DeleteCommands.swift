import ArgumentParser
import EnergyCore
import Foundation
import Services

/// `flexdeck delete ...`
struct DeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete an account, a user, an asset, a sensor or data.",
        subcommands: [
            DeleteAccount.self, DeleteAccountRole.self, DeleteUser.self, DeleteAsset.self, DeleteSensor.self,
            DeleteData.self,
        ])
}

/// Asks before something is gone.
struct ForceOption: ParsableArguments {
    @Flag(help: "Don't ask.") var force = false

    /// - Throws: `CommandFailure` unless the user agrees.
    func confirm(_ what: String) throws {
        if force { return }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure("Deleting \(what) needs --force where nobody can be asked.")
        }
        FileHandle.standardError.write(Data("Delete \(what)? Type yes: ".utf8))
        guard readLine() == "yes" else { throw CommandFailure("Nothing was deleted.") }
    }
}

struct DeleteAccount: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Delete an account with its users, assets and data.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var force: ForceOption
    @Option(help: "Id of the account.") var id: Int

    func run() throws {
        let services = try Composition.services(store)
        let account = try services.accounts.account(id, as: .host)
        try force.confirm("account '\(TextTable.printable(account.name))' with its users, assets and data")
        try services.accounts.delete(id, as: .host)
    }
}

struct DeleteAccountRole: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account-role", abstract: "Delete a label of accounts.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var force: ForceOption
    @Option(help: "Name of the role.") var name: String

    func run() throws {
        let services = try Composition.services(store)
        guard let role = try services.accounts.roles().first(where: { $0.name == name }) else {
            throw CommandFailure("There is no account role '\(name)'.")
        }
        try force.confirm("account role '\(TextTable.printable(name))'")
        try services.accounts.deleteRole(role.id, as: .host)
    }
}

struct DeleteUser: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Delete a user; the data recorded by it stay.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var force: ForceOption
    @Option(help: "E-mail address or name of the user.") var email: String

    func run() throws {
        let services = try Composition.services(store)
        let id = try UserArgument.id(email, services)
        try force.confirm("user '\(TextTable.printable(email))'")
        try services.users.delete(id, as: .host)
    }
}

struct DeleteAsset: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "asset", abstract: "Delete an asset with everything below it and its data.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var force: ForceOption
    @Option(help: "Id of the asset.") var id: Int

    func run() throws {
        let services = try Composition.services(store)
        let tree = try services.assets.tree(from: id, as: .host)
        try force.confirm(
            "\(tree.count) assets from '\(TextTable.printable(tree.first?.name ?? ""))' down, with their data")
        try services.assets.delete(id, as: .host)
    }
}

struct DeleteSensor: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sensor", abstract: "Delete a sensor with its data.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var force: ForceOption
    @Option(help: "Id of the sensor.") var id: Int

    func run() throws {
        let services = try Composition.services(store)
        let sensor = try services.sensors.sensor(id, as: .host)
        try force.confirm("sensor '\(TextTable.printable(sensor.name))' with its data")
        try services.sensors.delete(id, as: .host)
    }
}
