import EnergyCore
import Foundation
import TestSupport
import Testing

/// Runs what README.md and the page on gateways tell to type, on the sample data.
@Suite("Quick starts")
struct QuickStartTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    /// The official client is not part of this repository; where it is not installed its lines cannot be run.
    private static let hasClient =
        (try? shell("python3 -c 'import flexmeasures_client'").status) == 0

    private let folder: TemporaryFolder
    private let server: ServingProgram

    init() throws {
        folder = try TemporaryFolder()
        let database = folder.path + "/demo.db"
        let made = try BuiltProgram.run([
            "demo", "--db", database, "--size", "80x24", "--dump", folder.path + "/picture",
        ])
        #expect(made.status == 0, "\(made.errors)")
        server = try ServingProgram(database: database)
    }

    /// The indented blocks of a page, each without its indent and for the server of this test.
    private func blocks(_ page: String) throws -> [String] {
        var blocks: [[String]] = [[]]
        let text = try String(contentsOfFile: "\(Self.root)/\(page)", encoding: .utf8)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("    ") {
                blocks[blocks.count - 1].append(String(line.dropFirst(4)))
            } else if !(blocks.last?.isEmpty ?? true), !line.isEmpty {
                blocks.append([])
            }
        }
        return blocks.map { block in
            block.joined(separator: "\n").replacing(
                /(localhost|127\.0\.0\.1|flexdeck):5000/, with: "127.0.0.1:\(server.port)")
        }
    }

    private static func shell(_ script: String) throws -> (status: Int32, output: String, errors: String) {
        let folder = try TemporaryFolder()
        try script.write(toFile: folder.path + "/script", atomically: true, encoding: .utf8)
        let run = try ChildProcess(
            ["sh", folder.path + "/script"], environment: ProcessInfo.processInfo.environment,
            output: folder.path + "/out", errors: folder.path + "/err")
        let status = run.wait()
        return (
            status, try String(contentsOfFile: folder.path + "/out", encoding: .utf8),
            try String(contentsOfFile: folder.path + "/err", encoding: .utf8)
        )
    }

    @Test("README.md's lines with curl list the assets")
    func readmeCurl() throws {
        let block = try #require(try blocks("README.md").first { $0.contains("token=$(curl") })
        let run = try Self.shell(block)
        #expect(run.status == 0, "\(run.errors)")
        let assets = try #require(try JSONValue(parsing: run.output).arrayValue)
        #expect(assets.contains { $0["name"] == "Harbour Depot" })
    }

    @Test(
        "the lines with the Python client list the assets", .enabled(if: hasClient),
        arguments: ["README.md", "manual/gateway.md"])
    func python(_ page: String) throws {
        let block = try #require(try blocks(page).compactMap(Self.pythonLines).first)
        let lines =
            block.map { "    " + $0 } + ["    print([asset['name'] for asset in assets])", "    await client.close()"]
        let program = ["import asyncio", "async def main():"] + lines + ["asyncio.run(main())"]
        let path = folder.path + "/program.py"
        try program.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let run = try Self.shell("python3 \(path)")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("Harbour Depot"))
    }

    private static func pythonLines(_ block: String) -> [String]? {
        let lines = block.split(separator: "\n").map(String.init)
        return lines.firstIndex { $0.hasPrefix("from flexmeasures_client") }.map { Array(lines[$0...]) }
    }

    @Test("a gateway posts values with curl and reads them back")
    func gatewayCurl() throws {
        let block = try #require(try blocks("manual/gateway.md").first { $0.contains("token=$(curl") })
        let run = try Self.shell(block)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("PROCESSED"), "\(run.output)")
        #expect(
            run.output.contains("[4.1,4.0,4.3,4.2]") || run.output.contains("[4.1, 4.0, 4.3, 4.2]"), "\(run.output)")
    }

    @Test("the command for Home Assistant posts the current quarter of an hour")
    func homeAssistant() throws {
        let pages = try blocks("manual/gateway.md")
        let login = try #require(pages.first { $0.contains("token=$(curl") }?.components(separatedBy: "\n\n").first)
        let token = login.components(separatedBy: "\ncurl").first ?? login
        let command = try #require(pages.first { $0.contains("rest_command:") })
        let url = try #require(command.firstMatch(of: /url: "([^"]+)"/)?.output.1)
        var payload = try #require(command.components(separatedBy: ">-\n").last)
        let moment = try #require(payload.firstMatch(of: /\{\{ (now\(\).*?) \}\}/)?.output)
        let python = "from datetime import datetime; now = lambda: datetime.now().astimezone(); print(\(moment.1))"
        let start = try Self.shell("python3 -c '\(python)'").output.trimmingCharacters(in: .whitespacesAndNewlines)
        payload = payload.replacing(moment.0, with: start).replacing(/\{\{ states.*? \}\}/, with: "5.5")
        let run = try Self.shell(
            """
            \(token)
            curl -s \(url) -H "Authorization: $token" -H 'Content-Type: application/json' -d '\(payload)'
            curl -s -G \(url) -H "Authorization: $token" --data-urlencode 'start=\(start)' -d 'duration=PT15M&unit=kW'
            """)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("PROCESSED"), "\(run.output)")
        #expect(run.output.contains("[5.5]"), "\(run.output)")
    }
}
