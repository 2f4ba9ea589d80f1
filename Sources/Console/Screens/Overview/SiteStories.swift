import EnergyCore
import Services
import Synchronization

/// The stories of all sites, told anew only for those with news: a host with a hundred sites has some every second.
final class SiteStories: Sendable {
    typealias Told = (facts: SiteFacts, story: SiteStory)

    private struct State {
        var query: OverviewQuery?
        var caller: Caller?
        var readings = Readings()
        /// What the facts were taken from.
        var records: Directory?
        var told: [Told] = []
    }

    private let news = DataNews()
    private let state = Mutex(State())

    /// All sites of a query with their stories, in the order of their ids. One call at a time.
    func stories(for query: OverviewQuery, now: Instant, _ data: ConsoleData, _ records: Directory) throws -> [Told] {
        let changed = try news.take(from: data.services.context)
        let last = state.withLock { $0 }
        let fits = last.query == query && last.caller == data.caller && last.readings == data.readings
        var told: [Told]
        if fits, last.records?.hasSameRecords(as: records) == true, let changed {
            told = last.told
            for index in told.indices where !told[index].facts.sensorIDs.isDisjoint(with: changed) {
                told[index].story = try story(told[index].facts, now: now, query.belief, data, records)
            }
        } else {
            told = try data.sites(account: query.account, records).map { SiteFacts($0, records) }
                .map { ($0, try story($0, now: now, query.belief, data, records)) }
        }
        state.withLock { [told] in
            $0 = State(
                query: query, caller: data.caller, readings: data.readings, records: records, told: told)
        }
        return told
    }

    private func story(
        _ facts: SiteFacts, now: Instant, _ belief: BeliefHorizon, _ data: ConsoleData, _ records: Directory
    ) throws -> SiteStory {
        let zone = data.zoneName(of: facts.site.id, records).flatMap { Zone.named($0) } ?? .utc
        return try SiteStory(facts, now: now, zone: zone, belief, data)
    }
}
