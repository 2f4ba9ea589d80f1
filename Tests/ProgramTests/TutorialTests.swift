import EnergyCore
import Foundation
import TestSupport
import Testing

/// Runs what the tutorials of the manual tell their readers to type, on the sample data.
@Suite("Tutorials")
struct TutorialTests {
    private static let manual =
        URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/manual"

    /// The sample data, loaded once for all pages.
    private static let sample = Result {
        let folder = try TemporaryFolder()
        let made = try BuiltProgram.run([
            "demo", "--db", folder.path + "/demo.db", "--size", "80x24", "--dump", folder.path + "/picture",
        ])
        #expect(made.status == 0, "\(made.errors)")
        return folder
    }

    @Test(
        "do what they say",
        arguments: [
            "first-schedule", "pv-curtailment", "ev-targets", "heat-pump", "peak-shaving", "processes", "forecasts",
            "consultants", "replay",
        ])
    func runs(_ page: String) throws {
        let folder = try TemporaryFolder()
        let database = folder.path + "/demo.db"
        try FileManager.default.copyItem(atPath: Self.sample.get().path + "/demo.db", toPath: database)
        let server = try ServingProgram(database: database)
        let statements = try TutorialPage(named: page, in: Self.manual).statements
        #expect(statements.count >= 2, "\(page) tells nothing to do")
        let script = try prelude(port: server.port) + statements.enumerated().map(step).joined()
        try script.write(toFile: folder.path + "/script", atomically: true, encoding: .utf8)
        let run = try ChildProcess(
            ["sh", "-c", "cd \(folder.path) && exec sh ./script"], environment: BuiltProgram.environment(),
            output: folder.path + "/out", errors: folder.path + "/err")
        let status = run.wait()
        let errors = try String(contentsOfFile: folder.path + "/err", encoding: .utf8)
        #expect(status == 0, "\(errors)")
        try judge(try String(contentsOfFile: folder.path + "/out", encoding: .utf8), statements)
    }

    /// The functions that the first tutorial defines, for this server, and how to wait for the job of an answer.
    private func prelude(port: UInt16) throws -> String {
        let lines = try TutorialPage(named: "first-schedule", in: Self.manual).lines
        let first = try #require(lines.firstIndex { $0.hasPrefix("api=") })
        let last = try #require(lines[first...].firstIndex { $0.hasPrefix("start=") })
        return lines[first...last].joined(separator: "\n").replacing("127.0.0.1:5000", with: "127.0.0.1:\(port)") + """

            flexdeck() { echo a-long-password | "\(BuiltProgram.path)" "$@"; }
            settle() {
                job=$(echo "$1" | sed -n 's/.*"schedule": *"\\([^"]*\\)".*/\\1/p')
                [ -n "$job" ] || { job=$(echo "$1" | sed -n 's/.*"forecast": *"\\([^"]*\\)".*/\\1/p'); return; }
                for try in $(seq 300); do
                    state=$(get "jobs/$job")
                    case $state in *FINISHED*|*FAILED*|*CANCELED*) break ;; esac
                done
                echo "job $state"
            }

            """
    }

    private func step(_ number: Int, _ statement: String) -> String {
        let uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
        let text = statement.replacing(uuid, with: "$job")
        if statement.hasPrefix("post ") {
            return "echo '### \(number)'; answer=$(\(text)); echo \"$answer\"; settle \"$answer\"\n"
        }
        if statement.hasPrefix("get ") || statement.hasPrefix("flexdeck ") {
            return "echo '### \(number)'; \(text) 2>&1; echo \"exit $?\"\n"
        }
        return text + "\n"
    }

    private func judge(_ output: String, _ statements: [String]) throws {
        for part in output.components(separatedBy: "### ").dropFirst() {
            let number = try #require(Int(part.prefix { $0.isNumber }))
            let statement = statements[number]
            #expect(!part.contains("Rejected") && !part.contains("INVALID_SENDER"), "\(statement)\n\(part)")
            if statement.hasPrefix("flexdeck ") { #expect(part.contains("exit 0"), "\(statement)\n\(part)") }
            if statement.contains("schedules/trigger") {
                #expect(part.contains("job ") && part.contains("FINISHED"), "\(statement)\n\(part)")
            }
        }
    }
}

/// What a page of the manual shows as typed.
struct TutorialPage {
    /// All lines of its indented blocks, without the indent.
    let lines: [String]

    init(named name: String, in folder: String) throws {
        lines = try String(contentsOfFile: "\(folder)/\(name).md", encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).filter { $0.hasPrefix("    ") }.map {
                String($0.dropFirst(4))
            }
    }

    /// Whole commands: a line that begins with one, and those on which it goes on.
    var statements: [String] {
        var statements: [String] = []
        var open: [String] = []
        for line in lines {
            guard !open.isEmpty || Self.begins(line) else { continue }
            open.append(open.isEmpty ? Self.withoutRemark(line) : line)
            let text = open.joined(separator: "\n")
            if line.hasSuffix("\\") || text.count(where: { $0 == "'" }) % 2 == 1 { continue }
            statements.append(text)
            open = []
        }
        return statements
    }

    private static func begins(_ line: String) -> Bool {
        let opensConsole = line.hasPrefix("flexdeck demo") || line.hasPrefix("flexdeck --db")
        let needsFile = line.contains("series.json")
        let starts = ["login ", "post ", "get ", "flexdeck ", "start=", "leave=", "soon=", "pause=", "noon=", "then="]
        return !opensConsole && !needsFile && starts.contains { line.hasPrefix($0) }
    }

    /// Some lines say at their end what comes of them.
    private static func withoutRemark(_ line: String) -> String {
        guard line.hasPrefix("get "), let gap = line.range(of: "    ") else { return line }
        return String(line[..<gap.lowerBound])
    }
}
