import Foundation

/// The program as it was built beside the tests.
package enum BuiltProgram {
    package static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("flexdeck").path

    /// What a finished run left behind.
    package struct Outcome: Sendable {
        package let status: Int32
        package let output: String
        package let errors: String
    }

    /// Runs it to its end with these arguments and nothing on its standard input.
    package static func run(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) throws -> Outcome {
        let folder = try TemporaryFolder()
        let files = ["in", "out", "err"].map { folder.path + "/" + $0 }
        try input.write(toFile: files[0], atomically: true, encoding: .utf8)
        let process = try ChildProcess(
            [path] + arguments, environment: Self.environment(environment), input: files[0], output: files[1],
            errors: files[2])
        let status = process.wait()
        return Outcome(
            status: status, output: try String(contentsOfFile: files[1], encoding: .utf8),
            errors: try String(contentsOfFile: files[2], encoding: .utf8))
    }

    /// The processes whose command line has this argument, without the ones that only watch over a terminal.
    package static func processes(with argument: String) throws -> [pid_t] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }.filter { pid in
            let line = (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline"))) ?? Data()
            let name = (try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)) ?? ""
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return words.first == path && words.contains(argument) && !name.hasPrefix("flexdeck-tty")
        }
    }

    /// The surroundings of a run: the tests' own, without a home, and whatever a test adds.
    package static func environment(_ more: [String: String] = [:]) -> [String: String] {
        ProcessInfo.processInfo.environment
            .merging(["HOME": NSTemporaryDirectory(), "SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(more) { $1 }
    }
}
