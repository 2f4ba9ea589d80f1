import EnergyCore
import Foundation
import TestSupport
import Testing

@Suite("Copying another server")
struct ServerImportTests {
    private let folder: TemporaryFolder
    private var original: String { folder.path + "/original.db" }
    private var copy: String { folder.path + "/copy.db" }

    init() throws {
        folder = try TemporaryFolder()
        _ = try BuiltProgram.run(["demo", "--write", folder.path + "/sample"])
        let loaded = try BuiltProgram.run(["import", folder.path + "/sample/world.json", "--db", original])
        #expect(loaded.status == 0, "\(loaded.errors)")
    }

    private func importing(_ server: ServingProgram, _ more: String..., password: String = "flexdeck-demo") throws
        -> BuiltProgram.Outcome
    {
        try BuiltProgram.run(
            [
                "import", "--flexmeasures", "http://127.0.0.1:\(server.port)/", "--email", "host@flexdeck.example",
                "--db", copy,
            ]
                + more, input: password + "\n")
    }

    private func export(_ database: String) throws -> JSONValue {
        let file = folder.path + "/out.json"
        #expect(try BuiltProgram.run(["export", file, "--db", database]).status == 0)
        return try JSONValue(parsing: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file))))
    }

    @Test("everything is copied once, and again only what is new")
    func copies() throws {
        let server = try ServingProgram(database: original)
        let first = try importing(server)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.hasPrefix("Copied 4 accounts, 5 users, 23 assets, 34 sensors.\nCopied "))
        let again = try importing(server)
        #expect(again.output.hasSuffix("Copied 0 values of 0 series.\n"), "\(again.errors)")
        let (there, here) = (try export(original), try export(copy))
        for list in ["accounts", "asset_types"] {
            #expect(Set(there[list]?.arrayValue ?? []) == Set(here[list]?.arrayValue ?? []))
        }
        func assets(_ world: JSONValue) -> [String: JSONValue] {
            Dictionary(
                uniqueKeysWithValues: (world["assets"]?.arrayValue ?? []).map { ($0["path"]?.stringValue ?? "", $0) })
        }
        for (path, asset) in assets(there) {
            for field in [
                "type", "account", "flex_context", "flex_model", "sensors_to_show", "sensors_to_show_as_kpis",
            ] {
                #expect(asset[field] == assets(here)[path]?[field], "\(field) of \(path)")
            }
        }
        // The API tells one belief of each source about each event.
        func events(_ world: JSONValue) -> Set<String> {
            Set((world["series"]?.arrayValue ?? []).compactMap { $0["sensor"]?.stringValue })
        }
        #expect(events(there) == events(here))
    }

    @Test("a wrong password, a wrong address and no address are told apart")
    func refusals() throws {
        let server = try ServingProgram(database: original)
        let refused = try importing(server, password: "wrong-password")
        #expect(
            refused.status == 1 && refused.errors.contains("does not let host@flexdeck.example in"), "\(refused.errors)"
        )
        let silent = try BuiltProgram.run(
            ["import", "--flexmeasures", "ftp://example.com", "--email", "a@b.c", "--db", copy], input: "secret\n")
        #expect(
            silent.errors == "flexdeck: 'ftp://example.com': write the server's address as https://ems.example.com.\n")
        #expect(try BuiltProgram.run(["import", "--db", copy]).errors.contains("Name a world file, or a server"))
    }
}
