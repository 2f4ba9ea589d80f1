import EnergyCore
import Foundation
import TestSupport
import Testing

/// Terminals that are slow, send what their entry in the database does not tell, or paste.
@Suite("Input of the console on a pseudo terminal", .serialized)
struct ConsoleInputTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let loaded = try BuiltProgram.run(
            ["demo", "--db", folder.path + "/demo.db", "--plain", "overview"], environment: ["HOME": folder.path])
        #expect(loaded.status <= 2)
    }

    private func console(
        columns: Int = 80, rows: Int = 24, term: String = "xterm-256color"
    ) throws -> PseudoTerminal {
        let variables = [
            "HOME": folder.path, "LANG": "C.UTF-8", "TERM": term, "SWIFT_BACKTRACE": "enable=no",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
        let command = [BuiltProgram.path, "--db", folder.path + "/demo.db", "--no-serve"]
        let terminal = try PseudoTerminal(command, columns: columns, rows: rows, environment: variables)
        try terminal.wait(for: "Harbour Depot")
        _ = terminal.read(quiet: 0.5, limit: 5)
        return terminal
    }

    @Test("a line that stands still holds up neither a key nor a signal", arguments: [nil, SIGTERM, SIGHUP])
    func standstill(signal: Int32?) throws {
        let terminal = try console(columns: 200, rows: 60)
        terminal.sendUnread(String(repeating: "1234567890", count: 8))
        if let signal { terminal.signal(signal) } else { terminal.sendUnread("q") }
        let end = try #require(terminal.end(reading: false), "it waits for a terminal that takes nothing")
        #expect(end.status == 0)
        #expect(terminal.isCooked)
    }

    @Test("keys that the terminal's entry does not tell work; sequences that nobody knows do nothing")
    func sequences() throws {
        let terminal = try console(term: "vt100")
        for sequence in ["[27;5;9~", "[1;5C", "[?62;22c", "[99;98;97z"] {
            try terminal.send("\u{1B}" + sequence)
            _ = terminal.read(quiet: 0.1, limit: 1)
        }
        try terminal.send("\u{0C}")
        #expect(terminal.read(quiet: 0.3, limit: 5).text.contains("[1Ovw]"))
        // Arrows of the other mode, the page keys and F10 of an xterm.
        try terminal.send("\u{1B}[B\u{1B}[6~")
        #expect(terminal.read(quiet: 0.3, limit: 5).text.contains("NORTH QUAY"))
        try terminal.send("\u{1B}[21~")
        #expect(try #require(terminal.end()).status == 0)
    }

    @Test("what is pasted is text for a field, and presses no keys anywhere else")
    func pastes() throws {
        let terminal = try console()
        try terminal.send("\u{1B}[200~2q\nq\u{1B}[201~")
        try terminal.wait(for: "left out")
        try terminal.send("/\u{1B}[200~meadow\u{1B}[201~\r")
        try terminal.wait(for: "1 of 3")
        // The mark of the end is lost on the line.
        try terminal.send("\u{1B}[200~dq")
        _ = terminal.read(quiet: 1.2, limit: 3)
        try terminal.send("2")
        try terminal.wait(for: "ASSETS", seconds: 20)
        try terminal.send("q")
        #expect(try #require(terminal.end()).status == 0)
    }
}
