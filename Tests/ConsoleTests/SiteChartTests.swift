import EnergyCore
import Services
import TerminalKit
import Testing

@testable import Console

@MainActor
@Suite("Charts of a site")
struct SiteChartTests {
    private static func query(_ site: Asset) -> GraphsQuery {
        let zone = Zone.named("Europe/Amsterdam") ?? .utc
        let start = zone.startOfDay(containing: TestWorld.moment)
        return GraphsQuery(
            asset: site.id, belief: .live, start: start, end: zone.adding(days: 1, to: start), step: .minutes(9))
    }

    private static func data(_ world: TestWorld) -> ConsoleData {
        ConsoleData(services: world.services, caller: .host, now: TestWorld.moment)
    }

    @Test("the plan beside the measured curve is the one that the table names, and is no data of the meter")
    func plan() async throws {
        let world = try TestWorld()
        let site = try world.asset("Harbour Depot")
        let data = Self.data(world)
        let panel = try #require(try SiteOutlook.load(Self.query(site), data).panels.first)
        let plan = try #require(panel.lines.first { $0.kind == .plan })
        let overview = try OverviewModel.load(
            OverviewQuery(belief: .live, quarter: TestWorld.moment.seconds / 900), data, SiteStories())
        let row = try #require(overview.rows.first { $0.id == site.id })
        let wanted = try #require(row.plan)
        let shown = try #require(plan.sample(at: TestWorld.moment)?.mean)
        #expect(abs(shown - wanted) < 1e-6)
        #expect(plan.isComputed)
        let table = PanelTable.export([panel], name: "x", zone: .utc)
        #expect(!table.rows.isEmpty && table.rows.allSatisfy { $0[2] == "measured" })
    }

    @Test("what is expected without the devices starts at the present, and the title names loads nobody has forecast")
    func idle() async throws {
        let world = try TestWorld()
        let panel = try #require(
            try SiteOutlook.load(Self.query(try world.asset("Harbour Depot")), Self.data(world)).panels.first)
        let idle = try #require(panel.lines.first { $0.kind == .forecast })
        #expect(idle.samples.allSatisfy { $0.end > TestWorld.moment - .minutes(15) })
        #expect(panel.note.contains("ahead without "))
        #expect(panel.note.contains("limit 350 kW"))
    }

    @Test("a day without values has no figure, not a zero")
    func figures() async throws {
        let world = try TestWorld()
        let site = try world.asset("Harbour Depot")
        let zone = Zone.named("Europe/Amsterdam") ?? .utc
        let today = zone.startOfDay(containing: TestWorld.moment)
        let model = try OverviewKPIs.load(
            OverviewKPIsQuery(site: site.id, belief: .live, today: today, zone: zone), Self.data(world))
        #expect(model.figures.map(\.title).contains("Energy costs"))
        #expect(model.figures.allSatisfy { $0.today == nil && $0.yesterday != nil })
    }

    @Test("the lowest and the highest prices are told with the hours in which they hardly differ")
    func prices() throws {
        let means: [Double] = [50, 12, 10, 11, 60, 100, 95, 40, 11]
        let samples = means.enumerated().map { hour, mean in
            SeriesSample(mean, from: Instant(seconds: Int64(hour) * 3600), to: Instant(seconds: Int64(hour + 1) * 3600))
        }
        let found = try #require(PriceNote.stretches(samples))
        #expect(found.cheap == .init(start: Instant(seconds: 3600), end: Instant(seconds: 4 * 3600), low: 10, high: 12))
        #expect(
            found.dear == .init(start: Instant(seconds: 5 * 3600), end: Instant(seconds: 7 * 3600), low: 95, high: 100))
        #expect(PriceNote.stretches(Array(samples.prefix(1))) == nil)
    }
}

@MainActor
@Suite("What charts say besides their curves")
struct ChartRemarkTests {
    @Test("what somebody noted about the window stands under the charts, on parts of a site as well")
    func remarks() async throws {
        let world = try TestWorld()
        let site = try world.asset("Harbour Depot")
        _ = try world.services.annotations.create(
            [
                "content": "maintenance of the transformer", "start": "2026-04-30T11:00:00+02:00",
                "end": "2026-04-30T12:00:00+02:00",
            ], on: .asset(site.id), as: .host)
        let robot = await Robot(world)
        try await robot.press(":graphs Warehouse battery<Enter>")
        robot.see("noted: 11:00-12:00 maintenance of the transformer")
        try await robot.press("@yesterday<Enter>")
        robot.doNotSee("noted:")
    }

    @Test("a gap is told with its time, several with how many they are")
    func gaps() async throws {
        func panel(_ missing: Set<Int>) -> String {
            let samples = (0..<96).filter { !missing.contains($0) }.map { slot in
                SeriesSample(
                    1, from: Instant(seconds: Int64(slot) * 900), to: Instant(seconds: Int64(slot + 1) * 900))
            }
            let line = PanelLine(
                name: "measured", sensor: 1, kind: .measured, line: .measured, isInstant: false, samples: samples,
                marksGaps: true)
            let view = ChartView(day: Instant(seconds: 0), zone: .utc)
            return PanelPicture.panel(
                PanelData(title: "power", unit: "kW", lines: [line]), view, columns: 96, glyphs: GlyphSet.ascii.glyphs,
                settings: ConsoleSettings(), TimeFormat(zone: .utc, now: Instant(seconds: 0))
            ).title.map(\.text).joined()
        }
        #expect(panel([36, 37, 38]).hasSuffix("gap 09:00-09:45"))
        #expect(panel([4, 36, 37, 38]).hasSuffix("2 gaps, longest 09:00-09:45"))
        #expect(!panel([]).contains("gap"))
    }
}
