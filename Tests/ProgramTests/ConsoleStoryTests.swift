import Foundation
import TestSupport
import Testing

@Suite("The console in a real terminal", .serialized)
struct ConsoleStoryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func demo(columns: Int = 120, rows: Int = 40, environment: [String: String] = [:]) throws -> TerminalSession {
        try TerminalSession(
            "\(BuiltProgram.path) demo --db \(folder.path)/demo.db --port 0", columns: columns, rows: rows,
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
        try terminal.type("t")
        try terminal.wait(for: "TRIGGER SCHEDULE")
        try terminal.wait("the preview's cost") { $0.contains("PREVIEW   cost") }
        try terminal.press("F6")
        try terminal.type("6")
        let list = try terminal.wait("the new schedule") { $0.contains("SCHEDULES") && $0.contains("Warehouse battery") }
        #expect(list.contains("Warehouse battery"))
        try terminal.type("8")
        try terminal.wait("the job to be done") { $0.contains("done") }
        try terminal.press("q")
        try terminal.waitForPrompt()
    }

    @Test("it follows the size of its window")
    func resize() throws {
        let terminal = try demo()
        try terminal.wait(for: "Harbour Depot")
        for (columns, rows) in [(80, 24), (30, 8), (200, 50), (4, 2), (100, 30)] {
            try terminal.resize(columns: columns, rows: rows)
        }
        try terminal.wait(for: "Harbour Depot")
        try terminal.press("q")
    }

    @Test("it runs in terminals that can do little", arguments: ["dumb", "vt100", "linux", "screen", "xterm-256color"])
    func oldTerminals(type: String) throws {
        let terminal = try demo(columns: 80, rows: 24, environment: ["TERM": type])
        try terminal.wait("the sites or a reason") { $0.contains("Harbour Depot") || $0.contains("flexdeck:") }
        try terminal.press("q")
    }
}
