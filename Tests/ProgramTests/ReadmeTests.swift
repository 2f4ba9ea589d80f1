import EnergyCore
import Foundation
import TestSupport
import Testing

@Suite("What README.md says")
struct ReadmeTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func readme() throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    }

    @Test("every make target it names exists")
    func makeTargets() throws {
        let makefile = try String(contentsOf: Self.root.appendingPathComponent("Makefile"), encoding: .utf8)
        let named = try readme().matches(of: /make ([a-z-]+)/).map { String($0.output.1) }
        #expect(!named.isEmpty)
        for target in named { #expect(makefile.contains("\n\(target):"), "make \(target)") }
    }

    @Test("every flexdeck command it shows is one, with the options it shows")
    func commands() throws {
        for line in try readme().split(separator: "\n") where line.hasPrefix("    flexdeck ") {
            let words = line.split(separator: " ").map(String.init)
            let names = words.dropFirst().prefix { $0.first?.isLowercase == true && !$0.contains(".") }
            if names.first == "help" { continue }
            let help = try BuiltProgram.run(Array(names) + ["--help"])
            #expect(help.status == 0, "\(line)")
            for option in words where option.hasPrefix("--") { #expect(help.output.contains(option), "\(line)") }
        }
    }

    @Test("every manual page it points to exists")
    func pages() throws {
        let topics = try BuiltProgram.run(["help", "topics"], environment: ["FLEXDECK_SHARE": Self.root.path]).output
        for topic in try readme().matches(of: /flexdeck help ([a-z-]+)/).map({ String($0.output.1) }) where topic != "topics" {
            #expect(topics.contains(topic), "\(topic)")
        }
    }

    @Test("its REST quick start works against the demo")
    func quickStart() throws {
        let folder = try TemporaryFolder()
        let database = folder.path + "/demo.db"
        let made = try BuiltProgram.run(["demo", "--db", database, "--size", "80x24", "--dump", folder.path + "/picture"])
        #expect(made.status == 0, "\(made.errors)")
        let server = try ServingProgram(database: database)
        let lines = try readme().split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.contains("token=$(curl") })
        let script = lines[start...].prefix { $0.hasPrefix("    ") }
            .map { $0.replacingOccurrences(of: "localhost:5000", with: "127.0.0.1:\(server.port)") }.joined(separator: "\n")
        let run = try ChildProcess(
            ["sh", "-c", script], environment: BuiltProgram.environment(), output: folder.path + "/out",
            errors: folder.path + "/err")
        #expect(run.wait() == 0)
        let answer = try String(contentsOfFile: folder.path + "/out", encoding: .utf8)
        let assets = try #require(try JSONValue(parsing: answer).arrayValue)
        #expect(assets.contains { $0["name"] == "Harbour Depot" })
    }
}
