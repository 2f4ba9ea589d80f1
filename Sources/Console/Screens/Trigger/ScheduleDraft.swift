import EnergyCore
import Services
import TerminalKit

/// What a schedule is asked for, as a form holds it.
struct ScheduleDraft: Hashable, Sendable {
    var asset: Asset
    var target: ScheduleService.Target
    var title: String
    /// The message of the API: start, duration, changed flex fields.
    var message: JSONObject

    /// The request as its endpoint gets it.
    var path: String {
        switch target {
        case .sensor(let id): "/api/v3_0/sensors/\(id)/schedules/trigger"
        case .asset(let id): "/api/v3_0/assets/\(id)/schedules/trigger"
        }
    }
}

/// What the form is loaded for.
struct TriggerQuery: Hashable, Sendable {
    var asset: AssetID
    var belief: BeliefHorizon
    var zone: Zone
}
