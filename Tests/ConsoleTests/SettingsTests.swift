import Foundation
import TerminalKit
import Testing

@testable import Console

@Suite("Settings")
struct SettingsTests {
    @Test("are written as they are read, and unknown keys are kept")
    func roundTrip() {
        var settings = ConsoleSettings()
        settings.theme = "night"
        settings.mouse = true
        settings.characters = .ascii
        let (read, problems) = ConsoleSettings.parse(settings.written)
        #expect(read == settings)
        #expect(problems.isEmpty)
        let (newer, complaints) = ConsoleSettings.parse(settings.written + "[future]\nwarp = 9\n")
        #expect(complaints.count == 1)
        #expect(newer.written.contains("warp = 9"))
    }

    @Test(
        "wrong values are told with their line and leave the default",
        arguments: [
            ("mouse = \"yes\"", "line 1: \"mouse\" is true or false"),
            ("\ncolours = \"many\"", "line 2: \"colours\" is one of auto, 256, 16, 8, none"),
            ("theme = 5", "line 1: \"theme\" is a text in quotes"),
            ("thme = \"day\"", "line 1: unknown setting \"thme\""),
            ("theme = \"day", "line 1: the text has no closing quote"),
        ])
    func wrong(text: String, message: String) {
        let (_, problems) = ConsoleSettings.parse(text)
        #expect(problems.map(\.description) == [message])
    }

    @Test("every shipped theme is valid and complete enough to see alarms", arguments: ThemeNames.shipped)
    func themes(name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("themes").path
        let text = try #require(try TextFile.read("\(folder)/\(name).toml"))
        let (theme, warnings) = Theme.parse(text, named: "?")
        #expect(warnings.isEmpty)
        #expect(theme.name == name)
        for depth in [ColorDepth.none, .eight, .sixteen, .full] {
            let resolved = theme.resolved(depth: depth)
            #expect(resolved[.alarm] != resolved[.normal])
            #expect(resolved[.selection] != resolved[.normal])
            #expect(resolved[.warning] != resolved[.normal])
        }
    }

    @Test("the built-in default is the shipped file")
    func builtIn() {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("themes").path
        let files = ConsoleFiles(folder: nil, themeFolders: [folder])
        #expect(files.theme("control-room").theme == .controlRoom)
        #expect(files.theme("mono").theme == .mono)
        #expect(files.themeNames.count == 7)
        #expect(files.theme("nothing").problems.count == 1)
    }

    @Test("files are replaced whole and survive a missing folder")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flexdeck-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = ConsoleFiles(folder: folder)
        #expect(files.settings().settings == ConsoleSettings())
        var settings = ConsoleSettings()
        settings.theme = "amber"
        try files.save(settings)
        #expect(files.settings().settings.theme == "amber")
        files.save(memory: ["screen": "jobs", "draft.x": "a \"b\"\nc"])
        #expect(files.memory() == ["screen": "jobs", "draft.x": "a \"b\"\nc"])
        #expect(TextFile.names(in: folder) == ["console-place.toml", "console.toml"])
    }
}
