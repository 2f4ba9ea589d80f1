import Foundation
import TestSupport

/// The program on a terminal, with a home of its own so that it starts from the same place each time.
struct RunningConsole {
    let terminal: PseudoTerminal
    /// Milliseconds from the start to the first byte, to the text that the first picture has, and to one that only comes
    /// with all its figures.
    let firstByte: Double
    let pictured: Double
    let filled: Double
    private let home: TemporaryFolder

    /// Without seconds in the header, no tick of the clock is taken for the end of an answer.
    init(
        _ program: String, store: String, seen text: String, then last: String? = nil, showsSeconds: Bool = false,
        arguments: [String] = ["--no-serve"]
    ) throws {
        home = try TemporaryFolder()
        let folder = home.path + "/.config/flexdeck"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "seconds = \(showsSeconds)\n".write(toFile: folder + "/console.toml", atomically: true, encoding: .utf8)
        let environment = [
            "HOME": home.path, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
        ]
        let start = PseudoTerminal.now
        terminal = try PseudoTerminal([program, "--db", store] + arguments, columns: 160, rows: 45, environment: environment)
        let started = PseudoTerminal.now - start
        let answer = try terminal.wait(for: text)
        firstByte = (started + answer.first) * 1000
        pictured = (started + answer.last) * 1000
        if let last, !answer.text.contains(last) { try terminal.wait(for: last) }
        filled = (PseudoTerminal.now - start) * 1000
        _ = terminal.read(quiet: 0.3, limit: 5)
    }

    /// Presses a key and takes what is drawn until the screen has been still for `quiet` seconds. Times in milliseconds.
    func press(_ key: String, quiet: Double = 0.05) throws -> (first: Double, last: Double, bytes: Int) {
        Self.avoidTheMinute()
        // What a late load draws is not this key's.
        _ = terminal.read(quiet: 0.005, limit: 0.005)
        try terminal.send(key)
        let answer = terminal.read(quiet: quiet, limit: 2)
        return (answer.first * 1000, answer.last * 1000, answer.bytes.count)
    }

    /// Milliseconds from the end of a deed of another process to the first thing that is drawn; the screen is still before.
    func follow(after pause: Double, _ deed: () throws -> Void) throws -> Double {
        Self.avoidTheMinute()
        _ = terminal.read(quiet: pause, limit: pause)
        try deed()
        return terminal.read(quiet: 0.02, limit: 20).first * 1000
    }

    /// At a full minute the header is read anew: no key is measured then.
    private static func avoidTheMinute() {
        let second = Date.now.timeIntervalSince1970.truncatingRemainder(dividingBy: 60)
        if second > 57.5 { usleep(UInt32((61.5 - second) * 1e6)) }
        if second < 1.5 { usleep(UInt32((1.5 - second) * 1e6)) }
    }

    /// Seconds of processor time that the program has used.
    var processorTime: Double {
        let text = (try? String(contentsOfFile: "/proc/\(terminal.pid)/stat", encoding: .utf8)) ?? ""
        // The name in parentheses may hold anything; the fields count from behind it.
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return .nan }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident megabytes, of the program's own and without pages that merely show the store's file.
    var memory: Double {
        let text = (try? String(contentsOfFile: "/proc/\(terminal.pid)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let kilobytes = line.flatMap { $0.split(separator: " ").dropLast().last }.flatMap { Double($0) } ?? .nan
        return kilobytes / 1024
    }

    func quit() throws {
        try terminal.send("\u{1B}")
        _ = terminal.read(quiet: 0.1, limit: 0.3)
        try terminal.send("q")
        guard let end = terminal.end(within: 20) else { throw BenchmarkFailure("the console does not end") }
        guard end.status == 0 else { throw BenchmarkFailure("the console ended with \(end.status)") }
    }
}
