import EnergyCore
import Foundation
import TestSupport
import Testing

@Suite("Commands")
struct CommandTests {
    private let folder: TemporaryFolder
    private var database: String { folder.path + "/store.db" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func flexdeck(_ arguments: String..., input: String = "") throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(arguments + ["--db", database], input: input)
    }

    @Test("accounts, users, assets and sensors can be added, shown, changed and deleted")
    func entities() throws {
        #expect(try flexdeck("add", "account", "--name", "Acme", "--roles", "Prosumer,Pilot").status == 0)
        #expect(try flexdeck("show", "accounts").output.contains("Acme"))
        let user = [
            "add", "user", "--username", "una", "--email", "una@example.com", "--account", "1", "--roles", "admin",
        ]
        let added = try BuiltProgram.run(user + ["--db", database], input: "long enough\n")
        #expect(added.status == 0, "\(added.errors)")
        #expect(try flexdeck("show", "users").output.contains("una@example.com"))
        #expect(
            try flexdeck("add", "asset", "--name", "Site", "--asset-type", "building", "--account", "1").status == 0)
        let sensor = try flexdeck(
            "add", "sensor", "--name", "load", "--unit", "kW", "--event-resolution", "15", "--asset", "1")
        #expect(sensor.status == 0, "\(sensor.errors)")
        #expect(try flexdeck("show", "sensors").output.contains("PT15M"))
        #expect(try flexdeck("edit", "asset", "--id", "1", "--field", "name=House").status == 0)
        #expect(try flexdeck("show", "assets").output.contains("House"))
        #expect(try flexdeck("delete", "asset", "--id", "1").status == 1)
        #expect(try flexdeck("delete", "asset", "--id", "1", "--force").status == 0)
        #expect(!(try flexdeck("show", "assets").output.contains("House")))
    }

    @Test("a first site is made and planned by one command")
    func firstSite() throws {
        let made = try flexdeck("first-site", "--name", "Mill", "--battery", "60", "--pv", "40")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.hasPrefix("Made site 1 with battery 2; the next 24 hours are planned for "))
        #expect(made.output.hasSuffix(" EUR.\n"))
        let again = try flexdeck("first-site", "--name", "Mill")
        #expect(again.errors == "flexdeck: name: there is a site 'Mill' already\n")
    }

    @Test("a short password is refused in words")
    func shortPassword() throws {
        _ = try flexdeck("add", "account", "--name", "Acme")
        let user = ["add", "user", "--username", "una", "--email", "una@example.com", "--account", "1"]
        let outcome = try BuiltProgram.run(user + ["--db", database], input: "short\n")
        #expect(outcome.status == 1)
        #expect(outcome.errors == "flexdeck: A password has at least 8 characters.\n")
    }

    @Test("a world survives export and import, and faults are named with file and place")
    func worlds() throws {
        let world = folder.path + "/world.json"
        _ = try BuiltProgram.run(["demo", "--write", folder.path + "/sample"])
        let sample = try flexdeck("import", folder.path + "/sample/world.json")
        #expect(sample.output.hasPrefix("Loaded 4 accounts"), "\(sample.errors)")
        try #"{"format": "contract-world/1", "accounts": [{"name": "A", "roles": []}]}"#
            .write(toFile: world, atomically: true, encoding: .utf8)
        #expect(try flexdeck("import", world).output.hasPrefix("Loaded 1 accounts"))
        #expect(try flexdeck("export", folder.path + "/out.json").status == 0)
        #expect(
            try BuiltProgram.run(["import", folder.path + "/out.json", "--db", folder.path + "/copy.db"]).status == 0)
        try "{\n  \"format\": ]".write(toFile: world, atomically: true, encoding: .utf8)
        let broken = try flexdeck("import", world)
        #expect(broken.status == 1)
        #expect(broken.errors.contains("world.json, line 2"))
        let missing = try flexdeck("import", folder.path + "/none.json")
        #expect(missing.errors == "flexdeck: \(folder.path)/none.json cannot be read.\n")
    }

    @Test("a store that cannot be opened is an error with advice, not a crash")
    func cannotOpen() throws {
        let outcome = try BuiltProgram.run(["show", "accounts", "--db", folder.path + "/no/such/folder.db"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("Check the path"))
        try "this is no store at all, but long enough to look at".write(
            toFile: database, atomically: true, encoding: .utf8)
        let damaged = try flexdeck("show", "accounts")
        #expect(damaged.status == 1)
        #expect(damaged.errors.contains("not a FlexDeck store"))
    }

    @Test("what is written to a device leaves the device what it is")
    func devices() throws {
        _ = try flexdeck("add", "account", "--name", "Acme")
        // Stands for /dev/null, which a run as root could really replace.
        let device = folder.path + "/device"
        try FileManager.default.createSymbolicLink(atPath: device, withDestinationPath: "/dev/null")
        #expect(try flexdeck("export", device).status == 0)
        #expect(try flexdeck("--size", "80x24", "--dump", device).status == 0)
        let type = try FileManager.default.attributesOfItem(atPath: device)[.type] as? FileAttributeType
        #expect(type == .typeSymbolicLink)
    }

    @Test("names cannot steer the terminal")
    func controlCharacters() throws {
        let world = folder.path + "/world.json"
        try #"{"format": "contract-world/1", "accounts": [{"name": "A\u001b[2JB", "roles": []}]}"#
            .write(toFile: world, atomically: true, encoding: .utf8)
        _ = try flexdeck("import", world)
        let shown = try flexdeck("show", "accounts").output
        #expect(shown.contains("A\\u{1b}[2JB"))
        #expect(!shown.contains("\u{1b}"))
    }

    @Test("settings come from flags over environment over a file, and a wrong one says what is due and where it stands")
    func settings() throws {
        let file = folder.path + "/flexdeck.toml"
        try "db = \"\(folder.path)/file.db\"\nplanning-horizon = \"P1D\"\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        _ = try BuiltProgram.run(["show", "accounts", "--config", file])
        #expect(FileManager.default.fileExists(atPath: folder.path + "/file.db"))
        let variables = ["FLEXDECK_DB": folder.path + "/variable.db"]
        _ = try BuiltProgram.run(["show", "accounts", "--config", file], environment: variables)
        #expect(FileManager.default.fileExists(atPath: folder.path + "/variable.db"))
        let wrong = try BuiltProgram.run(
            ["show", "accounts", "--db", database], environment: ["FLEXMEASURES_PLANNING_HORIZON": "soon"])
        #expect(wrong.status == 1)
        #expect(
            wrong.errors.contains(
                "'planning-horizon' (environment variable FLEXMEASURES_PLANNING_HORIZON) must be a duration"))
        try "thme = \"day\"\n".write(toFile: file, atomically: true, encoding: .utf8)
        let unknown = try BuiltProgram.run(["show", "accounts", "--config", file])
        #expect(unknown.errors.contains("flexdeck.toml, line 1: there is no setting 'thme'"))
    }
}
