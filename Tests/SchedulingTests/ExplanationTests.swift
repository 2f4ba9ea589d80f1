import EnergyCore
import Testing

@testable import Scheduling

@Suite("Explanations")
struct ExplanationTests {
    private func outcome(_ id: String) throws -> CaseOutcome {
        let recorded = try #require(RecordedCase.all.first { $0.id == id })
        var options = CaseRunner.Options()
        options.explains = true
        return try CaseRunner.run(recorded.json, options)
    }

    private func texts(_ outcome: CaseOutcome, _ member: String) -> [String] {
        (outcome.explanation?[member]?.arrayValue ?? []).compactMap { $0.stringValue ?? $0["text"]?.stringValue }
    }

    @Test("an unreachable target is blamed on the target and the charging power")
    func target() throws {
        let outcome = try outcome("err-03")
        #expect(
            texts(outcome, "conflict") == [
                "bat consumes at most 500 kW.", "The stock of bat must be 2 MWh at 2025-03-10 01:00.",
            ])
        #expect(texts(outcome, "given") == ["The stock of bat is 500 kWh at 2025-03-10 00:00."])
        #expect(
            texts(outcome, "changes") == [
                "Let the stock of bat miss its target of 2 MWh by 1 MWh at 2025-03-10 01:00.",
                "Let bat consume 1.5 MW instead of 500 kW.",
            ])
    }

    @Test("a site limit below the load is blamed together with what the battery can give")
    func site() throws {
        let conflict = texts(try outcome("err-05"), "conflict")
        #expect(conflict.contains("The site consumes at most 100 kW."))
        #expect(conflict.count > 1)
    }

    @Test("a minimum above a maximum is told without a solver")
    func crossed() throws {
        #expect(texts(try outcome("err-06"), "conflict").count == 2)
    }

    @Test("a finished schedule names what limits it, and a reason for every slot")
    func finished() throws {
        let outcome = try outcome("site-05")
        #expect(texts(outcome, "limits").contains { $0.hasPrefix("bat produces all it may (500 kW)") })
        let slots = outcome.explanation?["slots"]?.arrayValue ?? []
        #expect(slots.first?["start"]?.stringValue == "2025-03-09T23:00:00+00:00")
        #expect(slots.last?["end"]?.stringValue == "2025-03-10T23:00:00+00:00")
        for index in slots.indices.dropFirst() { #expect(slots[index]["start"] == slots[index - 1]["end"]) }
    }

    @Test("the worth of a limit is what a re-solve with one more unit saves")
    func worth() throws {
        let recorded = try #require(RecordedCase.all.first { $0.id == "arb-07" })
        let world = try CaseWorld(recorded.json["world"] ?? .null)
        let target = try #require(world.target("@power", isSensor: true))
        let message = world.resolved(recorded.json["trigger"]?["message"] ?? .null).objectValue ?? [:]
        let request = try RequestBuilder(world: world).request(message, for: target)
        guard case .devices(_, let snapshot) = try ScheduleComputation.prepare(request, readings: world) else { return }
        let solved = try Scheduler.schedule(snapshot)
        let explanation = ScheduleExplainer.explanation(of: solved, snapshot, zone: .utc)
        let charging = try #require(explanation.bindings.first { $0.text.contains("consumes all it may") })
        var more = snapshot
        more.devices[0].consumptionCapacity = snapshot.devices[0].consumptionCapacity.map { $0 + 1e-4 }
        let saved = solved.cost - (try Scheduler.schedule(more)).cost
        #expect(abs(saved / 1e-4 - charging.worth) <= 1e-3 * charging.worth)
    }
}
