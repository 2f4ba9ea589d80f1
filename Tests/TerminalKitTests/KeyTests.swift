import Testing

@testable import TerminalKit

@Suite("Keys")
struct KeyTests {
    @Test(
        "names are read and written",
        arguments: [
            ("j", Key.character("j")), ("G", .character("G")), ("Ctrl-S", .control("s")), ("ctrl-s", .control("s")),
            ("Shift-Tab", .backTab), ("PgUp", Key(.pageUp)), ("F5", Key(.function(5))),
            ("Alt-x", Key(.character("x"), alt: true)),
            ("Esc", .escape), ("Space", .space), ("-", .character("-")), ("Ctrl--", .control("-")),
            ("+", .character("+")),
            ("Shift-Left", Key(.left, shift: true)), ("é", .character("é")),
        ])
    func names(name: String, key: Key) throws {
        #expect(try Key(named: name) == key)
        #expect(try Key(named: key.name) == key)
    }

    @Test("unknown names say what would be understood", arguments: ["Ctrl-", "Strg-S", "F99", "foo", ""])
    func unknown(name: String) {
        #expect(throws: KeyNameError.self) { try Key(named: name) }
    }

    @Test("scripts mix characters and names")
    func scripts() throws {
        let keys = try Key.script("2jj<Enter>t<Ctrl-S><lt>< >")
        #expect(keys.map(\.name) == ["2", "j", "j", "Enter", "t", "Ctrl-S", "<", "<", "Space", ">"])
    }

    @Test("control characters are decoded as terminals send them")
    func scalars() {
        #expect(Key(scalar: "\u{3}") == .control("c"))
        #expect(Key(scalar: "\u{1A}") == .control("z"))
        #expect(Key(scalar: "\r") == .enter)
        #expect(Key(scalar: "\u{7F}") == Key(.backspace))
        #expect(Key(scalar: "\u{1B}") == .escape)
        #expect(Key(scalar: "x", alt: true) == Key(.character("x"), alt: true))
    }
}
