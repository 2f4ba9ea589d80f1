import EnergyCore
import TerminalKit
import Testing

@testable import Console

@MainActor
@Suite("The form of a schedule")
struct TriggerFormTests {
    private static let open = ":schedule Warehouse battery<Enter>"
    private static let zone = Zone.named("Europe/Amsterdam") ?? .utc

    private static func form(_ values: [String: String]) -> FormState {
        var form = FormState(fields: [
            FormField(id: "start", label: "Start", value: "18:00"),
            FormField(id: "duration", label: "Duration", value: "24 h"),
            FormField(id: "prior", label: "Beliefs before", value: "now"),
            FormField(id: "model soc-min", label: "soc-min", value: "20 kWh"),
            FormField(id: "model soc-max", label: "soc-max", value: "380 kWh"),
            FormField(id: "model soc-targets", label: "soc-targets"),
            FormField(id: "model roundtrip-efficiency", label: "roundtrip-efficiency", value: "90%"),
            FormField(id: "model power-capacity", label: "power-capacity", value: "100 kW"),
            FormField(id: "model production-capacity", label: "production-capacity"),
        ])
        for (id, value) in values { form["model \(id)"]?.value = value }
        return form
    }

    private static func model(_ values: [String: String]) -> (model: JSONObject?, errors: [String: String]) {
        let made = TriggerMessage.make(form(values), now: TestWorld.moment, zone: zone)
        return (made.message["flex-model"]?.objectValue, made.errors)
    }

    @Test("numbers may be typed without their unit")
    func units() throws {
        let made = try #require(
            Self.model([
                "soc-min": "30", "roundtrip-efficiency": "85", "power-capacity": "60", "production-capacity": "0.05 MW",
            ]).model)
        #expect(made["soc-min"] == "30 kWh")
        #expect(made["roundtrip-efficiency"] == "85%")
        #expect(made["power-capacity"] == "60 kW")
        #expect(made["production-capacity"] == "0.05 MW")
        #expect(Self.model(["production-capacity": "50"]).model?["production-capacity"] == "50 kW")
        #expect(FlexInput.withUnit("0.9", like: ["90%"]) == "0.9")
        #expect(FlexInput.withUnit("25 apples", like: ["20 kWh"]) == "25 apples")
        #expect(FlexInput.withUnit("3", like: ["sensor 12"]) == "3")
    }

    @Test("targets are typed as values at times, and stored ones read like that")
    func events() throws {
        let typed = "300 kWh at 18:00, 350 at tomorrow 6, 20 kWh from 20:00 to 21:00"
        let value = FlexInput.json(typed, now: TestWorld.moment, zone: Self.zone)
        let items = try #require(value.arrayValue)
        #expect(items.count == 3)
        #expect(items[0]["value"] == "300 kWh")
        #expect(items[0]["datetime"] == "2026-04-30T18:00:00+02:00")
        #expect(items[1]["datetime"] == "2026-05-01T06:00:00+02:00")
        #expect(items[2]["start"] == "2026-04-30T20:00:00+02:00")
        #expect(items[2]["end"] == "2026-04-30T21:00:00+02:00")
        #expect(
            FlexInput.text(ofEvents: value, now: TestWorld.moment, zone: Self.zone)
                == "300 kWh at 18:00, 350 at 2026-05-01 06:00, 20 kWh from 20:00 to 21:00")
        #expect(FlexInput.json("300 kWh at noon", now: TestWorld.moment, zone: Self.zone) == "300 kWh at noon")
        #expect(FlexInput.text(ofEvents: .array([.int(1)]), now: TestWorld.moment, zone: Self.zone) == nil)
    }

    @Test("levels that leave no room are refused at the field that was changed")
    func levels() {
        #expect(Self.model(["soc-min": "0.5 MWh"]).errors == ["model soc-min": "above soc-max 380 kWh"])
        #expect(Self.model(["soc-max": "10"]).errors == ["model soc-max": "below soc-min 20 kWh"])
        #expect(Self.model(["soc-max": "20"]).errors.isEmpty)
    }

    @Test("what the request is refused for stands under its field until the field is changed")
    func refusals() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(Self.open + "<Tab><Tab><Tab><Ctrl-U>25 apples<Tab>")
        robot.see("changed from 100 kW")
        let lines = robot.lines
        let field = try #require(lines.firstIndex { $0.contains("power-capacity ") && $0.contains("apples") })
        #expect(lines[field + 1].contains("Cannot convert value '25 apples'"))
        try await robot.press("<Shift-Tab><Ctrl-U>60<Tab>")
        robot.doNotSee("Cannot convert")
        robot.see("changed from 100 kW")
        robot.see("PREVIEW   cost")
    }

    @Test("a conflict is told in sentences before its slots, and of these only the first")
    func conflict() async throws {
        let robot = await Robot(try TestWorld(), size: GridSize(columns: 160, rows: 60))
        try await robot.press(
            Self.open + "<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Ctrl-U>379 kWh at 15:00<Tab>")
        let slots = robot.lines.filter { $0.contains(" t=") }
        #expect(slots.count <= 2)
        robot.see("conflict: ")
    }

    @Test("another belief time fills in what was known then, and keeps what was typed")
    func belief() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(Self.open + "<Tab><Tab><Tab><Ctrl-U>60 kW<Tab>")
        robot.see("256.48 kWh")
        // From a button single letters are keys of the console again.
        for _ in 0..<40 where robot.shell.screen.focusKind == .text { try await robot.press("<Tab>") }
        try await robot.press("b11:00<Enter>")
        robot.see("BELIEF")
        robot.doNotSee("256.48 kWh")
        robot.see("2026-04-30 11:00")
        robot.see("60 kW")
        robot.see("changed from 100 kW")
        try await robot.press("P")
        robot.see("256.48 kWh")
        robot.see("changed from 100 kW")
    }

    @Test("a variant takes numbers and targets as the form does")
    func variants() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(Self.open + "<F7>a<Tab>300<Ctrl-S>")
        robot.see("B* site-power-capacity 300 kW")
        try await robot.press("a")
        for _ in 0..<20 where !robot.text.contains("< soc-targets >") { try await robot.press("s") }
        try await robot.press("<Tab>300 at 18:00<Ctrl-S>")
        robot.see("C* soc-targets 300 at 18:00")
        robot.doNotSee("not valid")
    }

    @Test("the preview shows the levels that bound the stock, and the target where it is wanted")
    func bounds() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(Self.open)
        robot.see("soc-max 380 kWh")
        robot.doNotSee("◆")
        let screen = try #require(robot.shell.screen as? TriggerScreen)
        for _ in 0..<40 where !screen.isOn("model soc-targets") { try await robot.press("<Tab>") }
        try await robot.press("300 at 18:00<Tab>")
        robot.see("◆")
    }
}
