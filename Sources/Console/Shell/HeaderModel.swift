import EnergyCore
import Services

/// What the header and the summary for small windows show.
struct HeaderModel: Hashable, Sendable {
    var isLoaded = false
    var accountName = ""
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
