import ArgumentParser
import Dispatch
import EnergyCore
import Foundation
import Scheduling
import Synchronization

/// `flexdeck schedule solve`: solves case files without a store.
struct ScheduleSolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Solve case files without a store.",
        discussion: """
            A case file holds a small world (assets, sensors, data) and a trigger message. Per case one JSON object is \
            written: {"case", "status": "finished", "failed" or "refused", "message", "cost", "costs", "schedule"}, and \
            "gap", by which fraction a plan may be dearer than the best, when the time limit came first.
            """)

    @Flag(name: .long, help: "Say in words what limits the schedule, or what stands in its way.")
    var explain = false

    @Option(name: .long, help: ArgumentHelp("Write one file per case here instead of lines.", valueName: "folder"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Seconds per schedule; then the best plan so far is given, with its gap.", valueName: "seconds"))
    var timeLimit: Double?

    @Argument(help: ArgumentHelp("Case files.", valueName: "case.json"))
    var cases: [String]

    func run() throws {
        if let out { try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true) }
        if let timeLimit, !(timeLimit > 0) { throw ValidationError("--time-limit takes more than 0 seconds.") }
        var options = CaseRunner.Options()
        options.explains = explain
        if let timeLimit { options.limits.timeLimit = .seconds(timeLimit) }
        var failures = 0
        // Some at a time: enough to keep all cores busy, few enough to write early.
        for start in stride(from: 0, to: cases.count, by: 64) {
            let batch = Array(cases[start..<min(start + 64, cases.count)])
            for (path, result) in zip(batch, Self.solve(batch, options)) {
                switch result {
                case .success(let text): try write(text, for: path)
                case .failure(let fault):
                    failures += 1
                    FileHandle.standardError.write(Data("\(path): \(fault)\n".utf8))
                }
            }
        }
        if failures > 0 { throw ExitCode(1) }
    }

    private func write(_ text: String, for path: String) throws {
        guard let out else {
            FileHandle.standardOutput.write(Data((text + "\n").utf8))
            return
        }
        let name = URL(fileURLWithPath: path).lastPathComponent
        try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: out).appendingPathComponent(name))
    }

    private static func solve(_ paths: [String], _ options: CaseRunner.Options) -> [Result<String, any Error>] {
        let results = Mutex([Result<String, any Error>?](repeating: nil, count: paths.count))
        DispatchQueue.concurrentPerform(iterations: paths.count) { index in
            let result = Result { try outcome(of: paths[index], options) }
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    private static func outcome(of path: String, _ options: CaseRunner.Options) throws -> String {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return try CaseRunner.run(try JSONValue(parsing: bytes), options).json.text()
    }
}
