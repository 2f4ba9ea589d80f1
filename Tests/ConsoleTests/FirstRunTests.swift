import EnergyCore
import Services
import TerminalKit
import Testing

@testable import Console

@Suite("The console on an empty store")
@MainActor
struct FirstRunTests {
    private func newcomer(_ world: TestWorld, columns: Int = 80, rows: Int = 24) async -> Robot {
        var options = ConsoleOptions()
        options.offersFirstSite = true
        return await Robot(world, size: GridSize(columns: columns, rows: rows), options: options)
    }

    @Test("three questions lead to a planned battery on the screen")
    func plan() async throws {
        let world = try TestWorld(isEmpty: true, workers: 2)
        world.services.jobs.runner.start()
        defer { world.services.jobs.runner.drain(patienceMilliseconds: 5_000) }
        let robot = await newcomer(world)
        for text in ["WHICH SITE?", "WHAT IS THERE?", "WHAT DOES POWER COST?", "Make and plan"] { robot.see(text) }
        try await robot.press("<Ctrl-U>Mill<Tab><Tab><Ctrl-U>60<Ctrl-S>")
        robot.see("Mill")
        robot.see("Battery")
        robot.see("first plan of Mill: done")
        try await robot.press("1")
        robot.see("Mill")
        robot.doNotSee("no sites yet")
    }

    @Test("a wrong answer is shown at its question, and leaving keeps the store empty")
    func faults() async throws {
        let world = try TestWorld(isEmpty: true)
        let robot = await newcomer(world)
        try await robot.press("<Tab><Tab><Ctrl-U>none<Ctrl-S>")
        robot.see("a number of kWh, zero or more")
        try await robot.press("<Esc>")
        robot.see("no sites yet; :first-site asks three questions")
        #expect(try world.services.firstRun.isDue)
        try await robot.press(":first-site<Enter>")
        robot.see("FIRST SITE")
    }
}
