import TestSupport
import Testing

@Suite("Forecasts on the command line")
struct ForecastCommandTests {
    private let folder: TemporaryFolder
    private var database: String { folder.path + "/store.db" }

    init() throws {
        folder = try TemporaryFolder()
        _ = try BuiltProgram.run(["demo", "--write", folder.path + "/sample"])
        _ = try BuiltProgram.run(["import", folder.path + "/sample/world.json", "--db", database])
    }

    private func forecast(_ arguments: String..., editor: String) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(
            ["forecast", "--db", database, "--sensor", "34"] + arguments, environment: ["EDITOR": editor, "VISUAL": ""])
    }

    @Test("times and configuration can be changed in an editor before the work begins")
    func editing() throws {
        let shorter = try forecast("--duration", "PT24H", "--edit-parameters", editor: "sed -i s/PT24H/PT6H/")
        #expect(shorter.output == "Successfully created 24 forecast beliefs across 1 unique belief times.\n", "\(shorter.errors)")
        let refused = try forecast("--train-period", "P9D", "--edit-config", editor: "sed -i s/P9D/P1D/")
        #expect(refused.status == 1 && refused.errors.contains("train-period must be at least 2 days"), "\(refused.errors)")
    }

    @Test("an editor that fails, or leaves something else behind, stops the command")
    func failedEditing() throws {
        let failed = try forecast("--edit-config", editor: "false")
        #expect(failed.status == 1 && failed.errors == "flexdeck: The editor 'false' ended with 1; nothing was done.\n")
        let list = try forecast("--edit-parameters", editor: "sed -i s/.*/1/")
        #expect(list.errors == "flexdeck: What was saved is no JSON object; nothing was done.\n")
    }
}
