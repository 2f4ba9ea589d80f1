import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("The first site of a newcomer")
struct FirstRunTests {
    private func emptyHouse() throws -> TestHouse {
        let house = try TestHouse()
        house.clock.set(Instant(seconds: 1_772_453_000))
        return house
    }

    @Test("few answers make a site whose battery is planned at once")
    func plan() throws {
        let house = try emptyHouse()
        #expect(try house.services.firstRun.isDue)
        let site = try FirstSite(answers: ["name": "Farm / yard", "battery": "40", "pv": "25", "yearly-use": "30000"])
        let made = try house.services.firstRun.build(site, as: .host)
        #expect(try !house.services.firstRun.isDue)
        try house.services.jobs.runner.runQueuedJobs()
        let info = try house.services.schedules.info(made.job, as: .host)
        #expect(info.job.state == .finished, "\(info.job.error ?? "")")
        #expect((info.cost ?? 0) > 0 && info.currency == "EUR")
        let records = try house.services.context.records()
        #expect(records.children(of: made.site).map(\.name) == ["Battery", "PV"])
        let power = try #require(records.sensors(of: made.battery).first)
        let planned = try house.store.read { try $0.beliefs(of: power, in: .all, filter: BeliefFilter(.live)) }
        #expect(planned.count == 96)
        let most = planned.values.map { abs($0) }.max() ?? 0
        #expect(most > 0.5 && most <= 20)
    }

    @Test("nothing is amiss with what was made")
    func noAlarms() throws {
        let house = try emptyHouse()
        _ = try house.services.firstRun.build(FirstSite(), as: .host)
        try house.services.jobs.runner.runQueuedJobs()
        #expect(try house.services.alarms.alarms(as: .host).map(\.title) == [])
    }

    @Test("a site without PV has none, and its plan still pays")
    func withoutPanels() throws {
        let house = try emptyHouse()
        let made = try house.services.firstRun.build(try FirstSite(answers: ["pv": "0"]), as: .host)
        try house.services.jobs.runner.runQueuedJobs()
        #expect(try house.services.context.records().children(of: made.site).map(\.name) == ["Battery"])
        #expect(try house.services.schedules.info(made.job, as: .host).job.state == .finished)
    }

    @Test("wrong answers are named, each by its field")
    func faults() throws {
        let answers = ["battery": "0", "pv": "much", "day-price": "-1"]
        let errors = #expect(throws: FieldErrors.self) { _ = try FirstSite(answers: answers) }
        #expect(Set(errors?.texts.flatMap(\.path) ?? []) == ["battery", "pv", "day-price"])
        let house = try emptyHouse()
        _ = try house.services.firstRun.build(FirstSite(), as: .host)
        #expect(throws: FieldErrors("name", "there is a site 'My site' already")) {
            try house.services.firstRun.build(FirstSite(), as: .host)
        }
        #expect(throws: AccessError.forbidden) {
            try house.services.firstRun.build(try FirstSite(answers: ["name": "Other"]), as: house.caller("member"))
        }
    }
}
