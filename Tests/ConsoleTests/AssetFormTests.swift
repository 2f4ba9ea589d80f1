import EnergyCore
import Services
import TerminalKit
import Testing

@testable import Console

@MainActor
@Suite("Forms of assets")
struct AssetFormTests {
    private static let open = ":asset Warehouse battery<Enter>"

    /// Moves down until the selected line of the detail has a text.
    private static func seek(_ text: String, _ robot: Robot) async throws {
        try await robot.press("g")
        let screen = try #require(robot.shell.screen as? AssetsScreen)
        for _ in 0..<40 where screen.line?.text.contains(text) != true { try await robot.press("j") }
        #expect(screen.line?.text.contains(text) == true)
    }

    private static func battery(_ robot: Robot) throws -> JSONObject {
        let asset = try robot.world.asset("Harbour Depot/Warehouse/Warehouse battery")
        return try #require(asset.flexModel?.objectValue)
    }

    @Test("asking for the same asset again goes back to it")
    func again() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(Self.open)
        robot.see("WAREHOUSE BATTERY  ")
        try await robot.press("G")
        robot.doNotSee("WAREHOUSE BATTERY  ")
        try await robot.press(Self.open)
        robot.see("WAREHOUSE BATTERY  ")
    }

    @Test("a new field goes into the part that is selected, is chosen from those not set, and says what it means")
    func newField() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(":asset Harbour weather<Enter><Tab>")
        try await Self.seek("prices and limits", robot)
        try await robot.press("m")
        robot.see("FLEX-CONTEXT of Harbour weather")
        robot.see("< consumption-price >")
        try await robot.press("<Esc>" + Self.open)
        try await Self.seek("FLEX-MODEL", robot)
        try await robot.press("m")
        robot.see("FLEX-MODEL of Warehouse battery")
        robot.doNotSee("< power-capacity >")
        for _ in 0..<40 where !robot.text.contains("< storage-efficiency >") { try await robot.press("s") }
        try await robot.press("<Tab>99%<Ctrl-S>")
        robot.see("changed flex_model of Warehouse battery")
        #expect(try Self.battery(robot)["storage-efficiency"] == "99%")
    }

    @Test("a changed field keeps its unit, and a value nobody understands is refused in the form")
    func changedField() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(Self.open + "<Tab>")
        try await Self.seek("soc-min", robot)
        try await robot.press("m<Ctrl-U>many<Ctrl-S>")
        robot.see("Cannot convert value")
        try await robot.press("<Ctrl-U>25<Ctrl-S>")
        #expect(try Self.battery(robot)["soc-min"] == "25 kWh")
        // References are shown as they are typed.
        try await Self.seek("state-of-charge", robot)
        try await robot.press("m")
        robot.see("[ sensor 13 ")
        try await robot.press("<Ctrl-S>")
        robot.see("nothing was changed")
    }

    @Test("the question before a deletion counts what goes")
    func counts() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(Self.open + "d")
        robot.see("2 sensors with all their data")
        robot.doNotSee("1 assets")
        try await robot.press("<Esc>:asset Harbour Depot<Enter>d")
        robot.see(" assets, ")
    }

    @Test("what happened to an asset lately stands under its fields, jobs and changes in one list")
    func recent() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(Self.open + "<Tab>")
        try await Self.seek("soc-min", robot)
        try await robot.press("m<Ctrl-U>25 kWh<Ctrl-S>:schedule Warehouse battery<Enter><F6>" + Self.open)
        robot.see("RECENT")
        robot.see("schedule #1")
        robot.see("operator: ")
    }

    @Test("a theme that is not there is said at the start")
    func theme() async throws {
        var options = ConsoleOptions()
        options.theme = "sepia"
        let robot = await Robot(try TestWorld(), options: options)
        #expect(robot.message.contains("no theme \"sepia\""))
    }

    @Test("what a column had to cut is read out for the selected line, and changes wrap")
    func cut() async throws {
        let robot = await Robot(try TestWorld(), size: GridSize(columns: 80, rows: 24))
        try await robot.press(Self.open + "<Tab>")
        try await Self.seek("inflexible-device-sensors", robot)
        #expect(robot.message.hasPrefix("inflexible-device-sensors: sensors 10 Warehouse, 11 Roof PV, 18 Office"))
        try await Self.seek("soc-min", robot)
        try await robot.press("m<Ctrl-U>25<Ctrl-S>[")
        robot.see("[Audi]")
        robot.see("flex_model")
        // The whole event is there, in several rows.
        robot.see("25 kWh")
    }
}
