import EnergyCore
import Services
import Synchronization

/// The stories of all sites, told anew only for those with news: a host with a hundred sites has some every second.
final class SiteStories: Sendable {
    private struct State {
        var quarter: Int64 = 0
        var belief = BeliefHorizon.live
        var caller: Caller?
        var readings = Readings()
        var told: [AssetID: (facts: SiteFacts, story: SiteStory)] = [:]
    }

    private let news = DataNews()
    private let state = Mutex(State())

    /// The stories of sites for a query, in the order of the sites. One call at a time.
    func stories(
        of sites: [SiteFacts], for query: OverviewQuery, now: Instant, _ data: ConsoleData, _ records: Directory
    ) throws
        -> [SiteStory]
    {
        let changed = try news.take(from: data.services.context)
        var told = state.withLock { state in
            let fits =
                state.quarter == query.quarter && state.belief == query.belief && state.caller == data.caller
                && state.readings == data.readings
            return fits && changed != nil ? state.told : [:]
        }
        let stories = try sites.map { facts in
            if let known = told[facts.site.id], known.facts == facts, facts.sensorIDs.isDisjoint(with: changed ?? []) {
                return known.story
            }
            let zone = data.zoneName(of: facts.site.id, records).flatMap { Zone.named($0) } ?? .utc
            let story = try SiteStory(facts, now: now, zone: zone, query.belief, data)
            told[facts.site.id] = (facts, story)
            return story
        }
        state.withLock { [told] in
            $0 = State(
                quarter: query.quarter, belief: query.belief, caller: data.caller, readings: data.readings, told: told)
        }
        return stories
    }
}
