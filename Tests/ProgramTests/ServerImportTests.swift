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
        #expect(beliefs(there).count == there["series"]?.arrayValue?.count && beliefs(there).count > 30)
        #expect(beliefs(there) == beliefs(here))
    }

    @Test("what is said later about old events comes along, recorded when it was")
    func revisions() throws {
        let server = try ServingProgram(database: original)
        #expect(try importing(server).status == 0)
        let file = folder.path + "/later.csv"
        // Recorded at a whole second, as answers tell no less than thousandths.
        let row = "2026-01-05T10:00:00+01:00,41.5,2026-10-01T00:00:00Z"
        try Data("event_start,event_value,belief_time\n\(row)\n".utf8).write(to: URL(fileURLWithPath: file))
        let sensors = try BuiltProgram.run(["show", "sensors", "--db", original]).output
        let load = try #require(sensors.split(separator: "\n").first { $0.contains("PT15M") && $0.contains("kW") })
        let id = try #require(load.split(separator: " ").first.map(String.init))
        let added = try BuiltProgram.run(["add", "data", file, "--sensor", id, "--db", original])
        #expect(added.status == 0, "\(added.errors)")
        let again = try importing(server)
        #expect(again.output.hasSuffix("Copied 1 values of 1 series.\n"), "\(again.output) \(again.errors)")
        #expect(beliefs(try export(original)) == beliefs(try export(copy)))
    }

    /// Every belief, by names that both stores share.
    private func beliefs(_ world: JSONValue) -> Set<JSONValue> {
        let sources = Dictionary(
            (world["sources"]?.arrayValue ?? []).map { entry in
                var source = entry.objectValue ?? [:]
                source["key"] = nil
                return (entry["key"]?.stringValue ?? "", JSONValue.object(source))
            },
            uniquingKeysWith: { first, _ in first })
        return Set(
            (world["series"]?.arrayValue ?? []).map { entry in
                var series = entry.objectValue ?? [:]
                series["source"] = sources[entry["source"]?.stringValue ?? ""]
                return .object(series)
            })
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
