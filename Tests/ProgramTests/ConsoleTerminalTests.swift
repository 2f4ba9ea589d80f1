import EnergyCore
import Foundation
import TestSupport
import Testing

/// What terminals do to a program: signals, other types, sizes, dead lines, broken input.
@Suite("The console on a pseudo terminal", .serialized)
struct ConsoleTerminalTests {
    private let folder: TemporaryFolder
    /// Loaded once for the suite and copied, as no test here changes what others see.
    private static let sample: Result<TemporaryFolder, any Error> = Result {
        let folder = try TemporaryFolder()
        let loaded = try BuiltProgram.run(
            ["demo", "--db", folder.path + "/demo.db", "--plain", "overview"], environment: ["HOME": folder.path])
        guard loaded.status <= 2 else { throw PseudoTerminal.Failure(description: loaded.errors) }
        return folder
    }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: Self.sample.get().path + "/demo.db", toPath: folder.path + "/demo.db")
    }

    private func console(
        columns: Int = 100, rows: Int = 30, term: String? = "xterm-256color", environment: [String: String] = [:],
        arguments: [String] = [], shell: String? = nil, seen: String = "Harbour Depot"
    ) throws -> PseudoTerminal {
        var variables = [
            "HOME": folder.path, "LANG": "C.UTF-8",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "SWIFT_BACKTRACE": "enable=no",
        ]
        variables["TERM"] = term
        variables.merge(environment) { $1 }
        var command = [BuiltProgram.path, "--db", folder.path + "/demo.db", "--no-serve"] + arguments
        if let shell { command = ["sh", "-c", shell, "sh"] + command }
        let terminal = try PseudoTerminal(command, columns: columns, rows: rows, environment: variables)
        if !seen.isEmpty { try terminal.wait(for: seen) }
        return terminal
    }

    private func quit(_ terminal: PseudoTerminal, _ location: SourceLocation = #_sourceLocation) throws {
        try terminal.send("q")
        let end = try #require(terminal.end(), "it does not end", sourceLocation: location)
        #expect(end.status == 0, sourceLocation: location)
        #expect(terminal.isCooked, sourceLocation: location)
    }

    @Test("in a locale without UTF-8 it draws with ASCII alone", arguments: ["C", "POSIX"])
    func locales(name: String) throws {
        let terminal = try console(environment: ["LANG": name, "LC_ALL": name], seen: "")
        var bytes = try terminal.wait(for: "Harbour Depot").bytes
        for key in ["2", "3", "4", "6", "?"] {
            try terminal.send(key)
            bytes += terminal.read(quiet: 0.3, limit: 3).bytes
        }
        // Names are the user's own and may hold more; those of the sample data do not.
        let strange = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { $0.value > 126 && $0 != "°" }
        #expect(strange.isEmpty, "\(strange)")
        try terminal.send("\u{1B}")
        _ = terminal.read(quiet: 0.2, limit: 2)
        try quit(terminal)
    }

    @Test("NO_COLOR is respected")
    func noColour() throws {
        let terminal = try console(environment: ["NO_COLOR": "1"], seen: "")
        let drawn = try terminal.wait(for: "Harbour Depot").text
        #expect(drawn.firstMatch(of: /\u{1B}\[[0-9;]*(3[0-7]|4[0-7]|38;5|48;5|9[0-7])m/) == nil)
        try quit(terminal)
    }

    @Test(
        "it runs in terminals of every kind",
        arguments: ["dumb", "vt100", "linux", "screen", "tmux-256color", "xterm-256color", "no-such-terminal", ""])
    func types(name: String) throws {
        let terminal = try console(columns: 80, rows: 24, term: name.isEmpty ? nil : name)
        try terminal.send("4")
        #expect(terminal.read(quiet: 0.5, limit: 5).text.contains("staleness"))
        try quit(terminal)
    }

    @Test("signals that end it leave the terminal as it was", arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func signals(number: Int32) throws {
        let terminal = try console()
        #expect(!terminal.isCooked)
        terminal.signal(number)
        let end = try #require(terminal.end())
        #expect(end.status == 0)
        #expect(terminal.isCooked)
        #expect(end.drawn.contains("\u{1B}[?1049l"))
    }

    @Test("a crash leaves the terminal as it was", arguments: [SIGSEGV, SIGABRT, SIGTRAP, SIGILL, SIGFPE, SIGBUS])
    func crashes(number: Int32) throws {
        let terminal = try console()
        terminal.signal(number)
        let end = try #require(terminal.end())
        #expect(end.status == -number)
        #expect(terminal.isCooked)
        #expect(end.drawn.contains("\u{1B}[?1049l"))
    }

    @Test("kill -9 leaves a terminal that can be typed on")
    func kill() throws {
        let terminal = try console()
        terminal.signal(SIGKILL)
        let end = try #require(terminal.end())
        #expect(end.status == -SIGKILL)
        // Whoever watches over it needs a moment of its own.
        var drawn = end.drawn
        let deadline = PseudoTerminal.now + 10
        while PseudoTerminal.now < deadline, !terminal.isCooked || !drawn.contains("\u{1B}[?1049l") {
            drawn += terminal.read(quiet: 0.05, limit: 0.05).text
        }
        #expect(terminal.isCooked)
        #expect(drawn.contains("\u{1B}[?1049l"))
    }

    @Test(
        "a terminal that goes away ends it, with the signal or without",
        arguments: [nil, "trap '' HUP; \"$@\"; exit $?"])
    func hangUp(shell: String?) throws {
        let terminal = try console(shell: shell)
        terminal.hangUp()
        let end = try #require(terminal.end(), "it goes on without a terminal")
        #expect(end.status == 0)
        #expect(try BuiltProgram.processes(with: folder.path + "/demo.db").isEmpty)
    }

    @Test("a storm of sizes ends with the right picture")
    func sizes() throws {
        let terminal = try console()
        var random = SeededGenerator(seed: 7)
        let odd = [(1, 1), (500, 200), (1, 200), (500, 1), (2, 2), (79, 23), (80, 24)]
        for index in 0..<150 {
            let (columns, rows) =
                index < odd.count
                ? odd[index] : (Int.random(in: 1...500, using: &random), Int.random(in: 1...200, using: &random))
            terminal.resize(columns: columns, rows: rows)
            _ = terminal.read(quiet: 0.005, limit: 0.03)
        }
        _ = terminal.read(quiet: 0.3, limit: 10)
        terminal.resize(columns: 100, rows: 30)
        try terminal.wait(for: "Harbour Depot")
        try quit(terminal)
    }

    @Test("pasted rubbish and broken sequences neither crash nor block it")
    func rubbish() throws {
        let terminal = try console(arguments: ["--read-only"])
        // In a text field everything is text, so that nothing quits by accident.
        try terminal.send("/")
        _ = terminal.read(quiet: 0.2, limit: 2)
        let broken = [
            "\u{1B}[", "\u{1B}[999999999999;99999999999H", "\u{1B}[<35;1;1", "\u{1B}O", "\u{1B}]52;c;", "\u{1B}P+q",
            "\u{1B}[M",
            "\u{1B}[<0;5000;5000M", "\u{1B}[200~pasted\u{1B}[201~", "\u{1B}[?2026;1$y", "\u{1B}[24;80R",
        ]
        for text in broken {
            try terminal.send(text)
            _ = terminal.read(quiet: 0.04, limit: 0.1)
        }
        for bytes in [[0xFF, 0xFE], [0xE2, 0x82], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x00], [0x80, 0xBF]]
            as [[UInt8]]
        {
            try terminal.send(bytes)
        }
        var random = SeededGenerator(seed: 11)
        // Without the bytes that rightly end it or stop it: Ctrl-C, Ctrl-Z, q, and what begins function keys.
        let bytes = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) }.filter {
            ![0x03, 0x1A, 0x71, 0x1B].contains($0)
        }
        for start in stride(from: 0, to: bytes.count, by: 500) {
            try terminal.send(Array(bytes[start..<min(start + 500, bytes.count)]))
            _ = terminal.read(quiet: 0.01, limit: 0.05)
        }
        _ = terminal.read(quiet: 0.5, limit: 10)
        for _ in 0..<6 {
            try terminal.send("\u{1B}")
            _ = terminal.read(quiet: 0.1, limit: 0.3)
        }
        // One of the two is not the screen that is up already.
        try terminal.send("41")
        #expect(terminal.read(quiet: 0.5, limit: 60).bytes.isEmpty == false)
        terminal.signal(SIGTERM)
        let end = try #require(terminal.end())
        #expect(end.status == 0)
    }
}
