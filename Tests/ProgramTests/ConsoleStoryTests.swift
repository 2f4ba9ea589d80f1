import Foundation
import TestSupport
import Testing

@Suite("The console in a real terminal", .serialized)
struct ConsoleStoryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func demo(
        columns: Int = 120, rows: Int = 40, serving: String = "--port 0", environment: [String: String] = [:]
    ) throws -> TerminalSession {
        try TerminalSession(
            "\(BuiltProgram.path) demo --db \(folder.path)/demo.db \(serving)", columns: columns, rows: rows,
            environment: environment.merging(["HOME": folder.path, "LANG": "C.UTF-8"]) { $1 })
    }

    @Test("it starts on sample data, shows the sites, and gives the terminal back")
    func startAndQuit() throws {
        let terminal = try demo()
        let overview = try terminal.wait(for: "Harbour Depot")
        #expect(overview.contains("Overview") && overview.contains("North Quay"))
        try terminal.press("q")
        let left = try terminal.waitForPrompt()
        #expect(!left.contains("Harbour Depot"))
        try terminal.type("stty -a | grep -c -w -e icanon")
        try terminal.press("Enter")
        try terminal.wait(for: "\n1\n")
    }

    @Test("an operator walks to a battery, schedules it, and sees the plan on the chart")
    func scheduleStory() throws {
        let terminal = try demo(columns: 140, rows: 44)
        try terminal.wait(for: "Harbour Depot")
        try terminal.type(":asset Warehouse battery")
        try terminal.press("Enter")
        try terminal.wait("the battery") { $0.contains("[2 Assets]") && $0.contains("Warehouse battery") }
        try terminal.type("t")
        try terminal.wait(for: "TRIGGER SCHEDULE")
        try terminal.wait("the preview's cost") { $0.contains("PREVIEW   cost") }
        try terminal.press("F6")
        try terminal.type("6")
        let list = try terminal.wait("the new schedule") {
            $0.contains("SCHEDULES") && $0.contains("Warehouse battery")
        }
        #expect(list.contains("Warehouse battery"))
        try terminal.type("8")
        try terminal.wait("the job to be done") { $0.contains("done") }
        try terminal.press("q")
        try terminal.waitForPrompt()
    }

    @Test("Ctrl-Z gives the shell its terminal, and fg brings the console back")
    func suspend() throws {
        let terminal = try demo(serving: "--no-serve")
        try terminal.wait(for: "Harbour Depot")
        try terminal.press("C-z")
        try terminal.waitForPrompt()
        try terminal.type("stty -a | grep -c -w -e icanon")
        try terminal.press("Enter")
        try terminal.wait(for: "\n1\n")
        try terminal.type("clear; fg")
        try terminal.press("Enter")
        try terminal.wait(for: "Harbour Depot")
        try terminal.type("2")
        try terminal.wait(for: "[2 Assets]")
        try terminal.press("q")
        try terminal.waitForPrompt()
    }

    @Test("after kill -9 the shell shows what is typed", arguments: ["sh", "bash --norc --noprofile"])
    func kill(shell: String) throws {
        let terminal = try TerminalSession(
            "\(BuiltProgram.path) demo --db \(folder.path)/demo.db --port 0", columns: 120, rows: 40, shell: shell,
            environment: ["HOME": folder.path, "LANG": "C.UTF-8"])
        try terminal.wait(for: "Harbour Depot")
        let found = try BuiltProgram.processes(with: "\(folder.path)/demo.db")
        for pid in found { Foundation.kill(pid, SIGKILL) }
        // The prompt may have been written before the screen was given back, so a new one is asked for; keys typed earlier
        // were for the console.
        try terminal.wait("the screen to be given back") { !$0.contains("Harbour Depot") }
        try terminal.press("Enter")
        try terminal.waitForPrompt()
        try terminal.type("echo usable $((40 + 2))")
        try terminal.wait(for: "echo usable")
        try terminal.press("Enter")
        let left = try terminal.wait(for: "usable 42")
        #expect(!left.contains("Harbour Depot"))
    }
}
