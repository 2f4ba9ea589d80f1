import EnergyCore
import Services
import TerminalKit
import Testing

@testable import Console

/// One picture to compare: a screen and the keys that lead there.
struct Picture: CustomTestStringConvertible, Sendable {
    var name: String
    var keys: String
    /// Whether the manual is there.
    var hasManual = false
    /// Whether somebody has a token.
    var hasToken = false
    /// Whether alarms came and went before.
    var hasPast = false
    var testDescription: String { name }

    static let sizes = [GridSize(columns: 80, rows: 24), GridSize(columns: 160, rows: 45)]
    static let glyphSets = [GlyphSet.ascii, .unicode]

    func file(_ size: GridSize, _ glyphs: GlyphSet) -> String {
        "\(name)-\(size.columns)x\(size.rows)-\(glyphs.rawValue)"
    }

    /// The console with its keys pressed.
    @MainActor
    func robot(_ world: TestWorld, size: GridSize = sizes[1], glyphs: GlyphSet = .unicode) async throws -> Robot {
        var options = ConsoleOptions()
        if hasManual { options.files.manualFolder = try world.newManual() }
        if hasToken { _ = try world.services.access.signIn(email: "olga@flexdeck.example", password: "flexdeck-demo") }
        if hasPast { try world.tellPastAlarms() }
        let robot = await Robot(world, size: size, glyphs: glyphs, options: options)
        let folder = world.newFilesFolder()
        try TextFile.write("time,value\n2026-04-20 10:00,1.5\nbad,n/a\n2026-04-20 10:15\n", to: "\(folder)/load.csv")
        try await robot.press(keys.replacing("FOLDER", with: folder))
        return robot
    }

    /// The names of its files, in both sizes and both sets of characters.
    var files: [String] { Self.sizes.flatMap { size in Self.glyphSets.map { file(size, $0) } } }

    static let all = [
        Picture(name: "overview", keys: ""), Picture(name: "assets", keys: "2jjjl<Enter>"),
        Picture(name: "assets-battery", keys: ":asset Warehouse battery<Enter>"),
        Picture(name: "assets-properties", keys: ":asset Warehouse battery<Enter>]]"),
        Picture(name: "graphs", keys: ":graphs Warehouse battery<Enter>c<Left><Left>"),
        Picture(name: "help", keys: "?"),
        Picture(name: "palette", keys: ":the"), Picture(name: "graphs-table", keys: "1<Enter>3vv"),
        Picture(name: "graphs-histogram", keys: "1<Enter>3vvv"), Picture(name: "graphs-days", keys: "1<Enter>3---vvvv"),
        Picture(name: "status", keys: "4"), Picture(name: "kpis", keys: "1<Enter>5"),
        Picture(name: "schedules", keys: "6"),
        Picture(name: "trigger", keys: ":schedule Warehouse battery<Enter>"), Picture(name: "explain", keys: "6jjx"),
        Picture(name: "trigger-site", keys: ":schedule Harbour Depot<Enter>"),
        Picture(name: "trigger-prices", keys: ":schedule Warehouse battery<Enter><Tab><Ctrl-U>5 d<Ctrl-S>"),
        Picture(name: "trigger-no-price", keys: ":schedule Quay battery<Enter>"),
        Picture(name: "lock", keys: ":lock<Enter><Enter>"), Picture(name: "lock-word", keys: ":lock<Enter>open"),
        Picture(name: "api", keys: ":api<Enter>"),
        Picture(name: "admin-tokens", keys: "0]]"),
        Picture(name: "trigger-sensor", keys: ":schedule Quay battery<Enter><Tab><Tab><Tab><F3>price"),
        Picture(name: "compare", keys: "6jjw"),
        Picture(name: "compare-two", keys: ":schedule Warehouse battery<Enter><F7>a<Tab>60 kW<Ctrl-S>"),
        Picture(name: "forecasts", keys: "7"), Picture(name: "jobs", keys: "8"),
        Picture(name: "audit", keys: "9"), Picture(name: "admin", keys: "0"), Picture(name: "admin-users", keys: "0]"),
        Picture(name: "alarms", keys: "A"), Picture(name: "settings", keys: "<F2>"),
        Picture(name: "actions", keys: "2o"),
        Picture(name: "belief", keys: "b11:00<Enter>"),
        Picture(name: "delete", keys: ":asset Charging plaza<Enter><Tab>d"),
        Picture(name: "sign-in", keys: ":login<Enter>"), Picture(name: "upload", keys: "4U"),
        Picture(name: "log", keys: ":log<Enter>"),
        Picture(name: "graphs-weeks", keys: "1<Enter>3---vvvvv"), Picture(name: "graphs-bars", keys: "1<Enter>3v"),
        Picture(name: "graphs-series", keys: ":graphs Warehouse battery<Enter>i"), Picture(name: "goto", keys: "3@"),
        Picture(name: "value", keys: ":graphs Warehouse battery<Enter>c<Left><Left><Enter>"),
        Picture(name: "export", keys: "e"),
        Picture(name: "forecast-form", keys: "4/creamery<Enter>F"), Picture(name: "frozen", keys: "f"),
        Picture(name: "asset-new", keys: ":asset North Quay<Enter>a"),
        Picture(name: "sensor-new", keys: ":asset North Quay<Enter>N"),
        Picture(name: "asset-modify", keys: ":asset North Quay<Enter>m"), Picture(name: "account-new", keys: "0a"),
        Picture(name: "account-modify", keys: "0m"), Picture(name: "account-delete", keys: "0d"),
        Picture(name: "user-new", keys: "0]a"),
        Picture(name: "token-new", keys: "0]T"), Picture(name: "password-reset", keys: "0]P"),
        Picture(name: "alarm-detail", keys: "Ai"),
        Picture(name: "alarm-shelve", keys: "AH"), Picture(name: "variant", keys: "6jjwa"),
        Picture(name: "variant-store", keys: "6jjw<F6>"), Picture(name: "filtered", keys: "4/battery<Enter>"),
        Picture(name: "palette-search", keys: "<Ctrl-P>theme"),
        Picture(name: "assets-context", keys: ":asset Warehouse battery<Enter>]]]"),
        Picture(name: "manual", keys: "M", hasManual: true),
        Picture(name: "manual-page", keys: "M<Enter>", hasManual: true),
        Picture(name: "upload-skipped", keys: "4/charger 1<Enter>UFOLDER/load.csv<Ctrl-S>"),
        Picture(name: "alarms-past", keys: "A", hasPast: true),
        Picture(name: "alarms-cleared", keys: "A<End>", hasPast: true),
        Picture(name: "alarms-note", keys: "Aa", hasPast: true),
        Picture(name: "token-revoke", keys: "0]]d", hasToken: true),
    ]
}

@MainActor
@Suite("Screens")
struct ScreenTests {
    @Test("look as they were reviewed", arguments: Picture.all)
    func pictures(picture: Picture) async throws {
        let world = try TestWorld()
        for size in Picture.sizes {
            for glyphs in Picture.glyphSets {
                let robot = try await picture.robot(world, size: size, glyphs: glyphs)
                // The degree sign is part of a unit's name, which no set of characters may change.
                if glyphs == .ascii { #expect(robot.text.unicodeScalars.allSatisfy { $0.isASCII || $0 == "°" }) }
                try Snapshot.check(robot.text, named: picture.file(size, glyphs))
            }
        }
    }

    @Test("survive every size and a storm of resizes", arguments: Picture.all)
    func sizes(picture: Picture) async throws {
        let robot = try await picture.robot(TestWorld())
        for (columns, rows) in [
            (1, 1), (2, 1), (79, 23), (80, 24), (81, 25), (119, 29), (120, 30), (500, 200), (200, 3), (3, 200),
            (80, 24),
        ] {
            await robot.resize(columns, rows)
            #expect(robot.lines.count == rows)
        }
    }

    @Test("say what is missing on an empty store", arguments: Picture.all)
    func empty(picture: Picture) async throws {
        var picture = picture
        picture.hasToken = false
        let robot = try await picture.robot(TestWorld(isEmpty: true))
        #expect(!robot.text.isEmpty)
    }

    @Test("a small window tells the alarms and how to go on")
    func small() async throws {
        let robot = await Robot(try TestWorld(), size: GridSize(columns: 60, rows: 8))
        robot.see("Window is 60 x 8. The console needs 80 x 24.")
        robot.see("ALARM")
        try await robot.press("q")
        #expect(robot.shell.isOver)
    }

    @Test("plain pages say the same facts and how bad it is")
    func plain() async throws {
        let world = try TestWorld()
        for name in ConsoleProgram.screenNames {
            let page = try #require(
                await ConsoleProgram.plain(
                    services: world.services, options: ConsoleOptions(), screen: ScreenID(rawValue: name)))
            #expect(!page.lines.isEmpty, "\(name)")
        }
        #expect(
            await ConsoleProgram.plain(
                services: world.services, options: ConsoleOptions(), screen: ScreenID(rawValue: "x")) == nil)
    }
}
