import Foundation
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
        #expect(
            shorter.output == "Successfully created 24 forecast beliefs across 1 unique belief times.\n",
            "\(shorter.errors)")
        let refused = try forecast("--train-period", "P9D", "--edit-config", editor: "sed -i s/P9D/P1D/")
        #expect(
            refused.status == 1 && refused.errors.contains("train-period must be at least 2 days"), "\(refused.errors)")
    }

    @Test("parameters and configuration may be files in YAML; a faulty line is named")
    func files() throws {
        let parameters = folder.path + "/parameters.yml"
        try """
        # what to forecast
        duration: "PT2H"   # eight quarters
        probabilistic: false
        config:
          train-period: P9D
          future-regressors:
          - 4
          past-regressors: [4]
          missing-threshold: 0.9
          model-params: {}
        """.write(toFile: parameters, atomically: true, encoding: .utf8)
        let made = try forecast("--parameters", parameters, editor: "")
        #expect(
            made.output == "Successfully created 8 forecast beliefs across 1 unique belief times.\n", "\(made.errors)")
        let sources = try BuiltProgram.run(["export", "--without-data", "--db", database]).output
        #expect(sources.contains(#""train-period":"P9D""#) && sources.contains(#""future-regressors":[4]"#))
        let config = folder.path + "/config.yml"
        try "train-period: P9D\n  oops\n".write(toFile: config, atomically: true, encoding: .utf8)
        let faulty = try forecast("--config-file", config, editor: "")
        #expect(faulty.errors == "flexdeck: \(config), line 2: this line is not in line with those above\n")
        let missing = try forecast("--parameters", folder.path + "/none", editor: "")
        #expect(missing.errors == "flexdeck: \(folder.path)/none cannot be read.\n")
    }

    @Test("an editor that fails, or leaves something else behind, stops the command")
    func failedEditing() throws {
        let failed = try forecast("--edit-config", editor: "false")
        #expect(failed.status == 1 && failed.errors == "flexdeck: The editor 'false' ended with 1; nothing was done.\n")
        let list = try forecast("--edit-parameters", editor: "sed -i s/.*/1/")
        #expect(list.errors == "flexdeck: What was saved is no JSON object; nothing was done.\n")
    }
}
