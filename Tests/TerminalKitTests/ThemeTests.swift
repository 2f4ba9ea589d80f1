import Testing

@testable import TerminalKit

@Suite("Theme and settings files")
struct ThemeTests {
    @Test("roles fall back to their parents")
    func parents() {
        let theme = Theme.parse("[roles]\nsecondary = \"red\"\n", named: "x").theme
        #expect(theme.style(of: .axis).foreground == .index(1))
        #expect(theme.style(of: .now).foreground == .index(1))
        #expect(theme.style(of: .normal) == .plain)
    }

    @Test("every role has an ancestor chain that ends")
    func chains() {
        for role in Role.allCases {
            var seen: Set<Role> = []
            var next: Role? = role
            while let here = next {
                #expect(seen.insert(here).inserted, "\(role) goes in a circle")
                next = here.parent
            }
        }
    }

    @Test("what is wrong in a file is a warning with its line, the rest counts")
    func warnings() {
        let text = """
            name = "night"
            colour = "x"
            [palette]
            soft = "#808080"
            bad = "#80"
            [roles]
            secondary = "soft"
            nonsense = "soft"
            alarm = "white on red blod"
            title = 5
            strong = "bold
            warning = "yellow" extra
            """
        let (theme, warnings) = Theme.parse(text, named: "x")
        #expect(theme.name == "night")
        #expect(theme.style(of: .secondary).foreground == .index(244))
        #expect(warnings.map(\.line) == [2, 5, 8, 9, 10, 11, 12])
        #expect(warnings.first?.description == "line 2: unknown key \"colour\"")
    }

    @Test("the built-in themes have no mistakes")
    func builtIn() {
        #expect(Theme.controlRoom.name == "control-room")
        #expect(Theme.controlRoom.style(of: .alarm).background == .index(1))
        #expect(Theme.mono.styles.values.allSatisfy { $0.foreground == .standard && $0.background == .standard })
    }

    @Test("without colours, alarms and the selection still stand out", arguments: [Theme.controlRoom, Theme.mono])
    func noColour(theme: Theme) {
        let resolved = theme.resolved(depth: .none)
        for role in Role.allCases { #expect(resolved[role].foreground == .standard) }
        #expect(resolved[.alarm].attributes.isSuperset(of: [.bold, .reverse]))
        #expect(resolved[.warning].attributes.contains(.underline))
        #expect(resolved[.selection].attributes.contains(.reverse))
    }

    @Test("colours come down to 16 and 8", arguments: [ColorDepth.sixteen, .eight])
    func depths(depth: ColorDepth) {
        for index in 0..<256 {
            let reduced = Palette.reduced(.index(UInt8(index)), to: depth)
            #expect(reduced.number >= 0 && reduced.number < depth.rawValue)
        }
        #expect(Palette.reduced(.index(196), to: .sixteen) == .index(9))
        #expect(Palette.reduced(.standard, to: depth) == .standard)
    }

    @Test("a ground of any colour gets letters that stand out")
    func ground() throws {
        let dark = try #require(Palette.ground("#14506e"))
        let light = try #require(Palette.ground("fe9"))
        #expect(dark.letters == .index(231) && light.letters == .index(16))
        #expect(Palette.ground("blue-ish") == nil)
    }

    @Test("settings values are written as they are read")
    func written() {
        let values: [ConfigValue] = [.text("a \"b\" \\ c\n"), .number(-3), .flag(true), .list(["x", "y,z"])]
        let text = values.enumerated().map { "key\($0) = \($1.written) # note" }.joined(separator: "\n")
        let config = ConfigText(parsing: text)
        #expect(config.problems.isEmpty)
        #expect(config.entries.map(\.value) == values)
    }
}
