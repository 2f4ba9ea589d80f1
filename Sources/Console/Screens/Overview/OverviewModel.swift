import EnergyCore
import Services
import TerminalKit

/// What the Overview asks for.
struct OverviewQuery: Hashable, Sendable {
    var account: AccountID?
    var belief: BeliefHorizon
    /// The quarter-hour of the present: the picture changes with it even when no data come.
    var quarter: Int64
}

/// One site of the Overview.
struct SiteRow: Hashable, Sendable, Identifiable {
    enum State: Int, Hashable, Sendable, Comparable {
        case alarm, warning, unknown, fine

        static func < (a: State, b: State) -> Bool { a.rawValue < b.rawValue }
    }

    var id: AssetID
    var name: String
    var state: State
    var isAcknowledged = true
    var grid: Double?
    var plan: Double?
    var limitShare: Double?
    var charge: Double?
    var chargeDay: [Double?] = []
    var solar: Double?
    var load: Double?
    var cost: Double?
    var againstIdle: Double?
    var currency = "EUR"
    var next: String
    var stale = 0
    var jobs = ""

    var deviation: Double? {
        guard let grid, let plan else { return nil }
        return grid - plan
    }
}

/// All sites, worst first.
struct OverviewModel: Hashable, Sendable {
    var rows: [SiteRow] = []
    var alarms: [AlarmRow] = []
    var counts = AlarmCounts()
    var upcoming: [String] = []
    var sensorCount = 0
    var staleCount = 0
    /// The sensor that has been silent for longest.
    var oldestSilence = ""
    /// False while the sites' names are all that has been read.
    var isComplete = true

    init() {}

    /// What is shown until more than the names is known.
    init(named rows: [SiteRow]) {
        self.rows = rows
        isComplete = false
    }

    /// The sites' names alone, shown until their figures have been read.
    @Sendable
    static func names(_ account: AccountID?, _ data: ConsoleData) throws -> [SiteRow] {
        data.sites(account: account, try data.records())
            .map { SiteRow(id: $0.id, name: $0.name, state: .fine, next: "reading ...") }
            .sorted { $0.name < $1.name }
    }

    static func load(_ query: OverviewQuery, _ data: ConsoleData, _ stories: SiteStories) throws -> OverviewModel {
        let records = try data.records()
        let now = query.belief.moment(now: data.now)
        var model = OverviewModel()
        let jobs = try data.jobTexts(records)
        let told = try stories.stories(for: query, now: now, data, records)
        // The header has been looking for them meanwhile.
        let alarms = try data.alarms.list(account: query.account, belief: query.belief, data)
        (model.alarms, model.counts) = (alarms.rows, alarms.counts)
        model.oldestSilence = alarms.oldestSilence
        for (facts, story) in told {
            let site = facts.site
            var row = story.row
            let active = alarms.bySite[site.id] ?? AlarmCounts()
            row.stale = active.stale
            row.jobs = jobs[site.id] ?? ""
            if active.alarms > 0 {
                row.state = .alarm
                row.isAcknowledged = active.unacknowledged == 0
            } else if active.warnings > 0 {
                row.state = .warning
            } else if row.grid == nil, facts.grid != nil {
                row.state = .unknown
            }
            model.upcoming += story.upcoming.map { "\($0.time)  \(site.name)  \($0.text)" }
            model.rows.append(row)
            model.sensorCount += facts.sensorCount
            model.staleCount += row.stale
        }
        model.rows.sort { ($0.state, $0.name) < ($1.state, $1.name) }
        model.upcoming.sort()
        return model
    }
}
