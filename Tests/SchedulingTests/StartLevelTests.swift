import EnergyCore
import Testing

@testable import Scheduling

/// Where the stock at the start comes from.
@Suite("Stock at the start")
struct StartLevelTests {
    /// A battery that is to be empty in the end, so that it tells what it had.
    private static func site(_ start: String, _ more: String = "", prior: String? = nil) -> SiteCase {
        SiteCase(
            models: """
                {"sensor": "@a", "soc-at-start": \(start), "soc-min": 0, "soc-max": 8, "power-capacity": "9 kW",
                 "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 0}]\(more)}
                """, sensors: ["a", "level", "percent level", "energy", "other level"],
            units: ["level": "kWh", "percent level": "%", "energy": "kWh", "other level": "kWh"],
            data: [
                .init(
                    sensor: "level", values: [1, 2, 3], start: "2025-12-31T22:00:00Z", believed: "2025-12-31T12:00:00Z"),
                .init(sensor: "level", values: [7], believed: "2025-12-31T23:30:00Z"),
                .init(sensor: "percent level", values: [25], start: "2025-12-31T23:30:00Z"),
                .init(sensor: "energy", values: [4], start: "2025-12-31T23:00:00Z"),
            ], top: prior.map { #""prior": "\#($0)","# } ?? "")
    }

    /// What the battery gives in all.
    private func level(_ site: SiteCase) throws -> Double {
        let outcome = try site.outcome()
        #expect(outcome.status == .finished, "\(outcome.message)")
        return -outcome.values("a").reduce(0, +)
    }

    @Test("is the newest value of a sensor at the start, as it was known then")
    func sensor() throws {
        #expect(try level(Self.site(#"{"sensor": "@level"}"#)) == 7)
        #expect(try level(Self.site(#"{"sensor": "@level"}"#, prior: "2025-12-31T23:00:00Z")) == 3)
        #expect(try level(Self.site(#"{"sensor": "@energy"}"#)) == 4)
    }

    @Test("may be a share of what is full")
    func percent() throws {
        #expect(try level(Self.site(#"{"sensor": "@percent level"}"#)) == 2)
    }

    @Test("may be a series: the value at the start, else the last one before")
    func series() throws {
        let later = #"{"start": "2025-12-31T23:30:00Z", "duration": "PT1H", "value": "5 kWh"}"#
        let before = #"{"datetime": "2025-12-31T23:00:00Z", "value": 6}"#
        #expect(try level(Self.site("[\(later), \(before)]")) == 5)
        #expect(try level(Self.site("[\(before)]")) == 6)
        let after = try Self.site(#"[{"datetime": "2026-01-01T01:00:00Z", "value": 6}]"#).outcome()
        #expect(after.status == .refused)
        #expect(after.text.contains("soc-at-start"))
    }

    @Test("has a default where the sensor knows nothing, or the job says so")
    func unknown() throws {
        #expect(try level(Self.site(#"{"sensor": "@other level", "default": "3 kWh"}"#)) == 3)
        let outcome = try Self.site(#"{"sensor": "@other level"}"#).outcome()
        #expect(outcome.status == .failed)
        #expect(outcome.text.hasPrefix("ValueError: Sensor @other level has no level"))
        let wrong = try Self.site(#"{"sensor": "@a"}"#).outcome()
        #expect(wrong.status == .finished || wrong.status == .failed)
    }

    @Test("what one entry says holds for all that share the stock, before any measurement")
    func shared() throws {
        let shared = #", "state-of-charge": {"sensor": "@level"}"#
        var site = Self.site("5", shared)
        site.sensors.append("b")
        site.models += #", {"sensor": "@b", "power-capacity": "0 kW"\#(shared)}"#
        #expect(try level(site) == 5)
    }

    @Test("entries that share a stock must not differ about targets or losses")
    func differences() throws {
        let shared = #", "state-of-charge": {"sensor": "@level"}"#
        for (more, field) in [
            (#""soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 1}]"#, "soc-targets"),
            (#""storage-efficiency": 0.8"#, "storage-efficiency"),
        ] {
            var site = Self.site("5", shared + #", "storage-efficiency": "90%""#)
            site.sensors.append("b")
            site.models += #", {"sensor": "@b", "power-capacity": "1 kW", \#(more)\#(shared)}"#
            let outcome = try site.outcome()
            #expect(outcome.status != .finished)
            #expect(outcome.text.contains("same \(field)"), "\(outcome.text)")
        }
    }
}
