import EnergyCore
import Services

/// What the header and the summary for small windows show.
struct HeaderModel: Hashable, Sendable {
    var isLoaded = false
    var accountName = ""
    /// The account's own colour, as `#rrggbb`.
    var accountColour: String?
    var zoneName: String?
    var alarms = 0
    var unacknowledged = 0
    var warnings = 0
    /// The most urgent ones, a line each.
    var topAlarms: [String] = []
    var running = 0
    var failed = 0
    /// A word when something is wrong with the store or the API.
    var trouble: String?

    @Sendable
    static func load(_ query: HeaderQuery, _ data: ConsoleData) throws -> HeaderModel {
        var model = HeaderModel()
        model.isLoaded = true
        model.trouble = data.services.context.placeTrouble
        let records = try data.records()
        let account =
            query.place.account ?? query.place.asset.flatMap { records.asset($0)?.accountID } ?? data.caller.accountID
        model.accountName = account.flatMap { records.accounts[$0]?.name } ?? ""
        model.accountColour = account.flatMap { records.accounts[$0]?.primaryColor }
        let site = query.place.asset ?? data.sites(account: nil, records).first?.id
        model.zoneName = site.flatMap { data.zoneName(of: $0, records) }
        let alarms = try data.alarms.list(account: query.place.account, belief: query.belief, data)
        model.alarms = alarms.counts.alarms
        model.unacknowledged = alarms.counts.unacknowledged
        model.warnings = alarms.counts.warnings
        model.topAlarms = alarms.rows.lazy.filter { $0.isActive && $0.priority == .alarm }.prefix(4)
            .map { "A \($0.place) \($0.text)" }
        for job in try data.services.jobs.jobs(limit: 200, as: data.caller) where data.now - job.enqueuedAt < .days(1) {
            if job.state == .started { model.running += 1 }
            if job.state == .failed { model.failed += 1 }
        }
        return model
    }
}

/// What the header depends on.
struct HeaderQuery: Hashable, Sendable {
    var place: Place
    var belief: BeliefHorizon
    /// Alarms about silence come with time, so the header is looked at every minute.
    var minute: Int64
}
