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
        for topic in try readme().matches(of: /flexdeck help ([a-z-]+)/).map({ String($0.output.1) })
        where topic != "topics" {
            #expect(topics.contains(topic), "\(topic)")
        }
    }

    @Test("the keys it names are keys of the console")
    func keys() throws {
        let known = Set(
            try BuiltProgram.run(["reference", "keys"]).output.matches(of: /`([^`]+)`/).map { String($0.output.1) })
        let rows = try readme().split(separator: "\n").drop { $0 != "## Ten keys" }.dropFirst()
            .prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| `") }
        #expect(rows.count == 10)
        let named = rows.flatMap { row in
            (row.split(separator: "|").first ?? "").matches(of: /`([^`]+)`/).map { String($0.output.1) }
        }
        #expect(named.filter { !known.contains($0) } == [])
    }
}
