import EnergyCore

/// What became of a case file.
package struct CaseOutcome: Sendable {
    /// How the request would have ended.
    package enum Status: String, Sendable {
        case finished
        /// The job would fail.
        case failed
        /// The request would be answered with 422.
        case refused
    }

    package var id: String
    package var status: Status
    /// The body of the refusal, or the reason of the failure.
    package var message = JSONValue.null
    /// What was minimised: money with the tie-breakers, or for processes the sum of the prices of the running steps.
    package var cost: Double?
    package var costs: [CommitmentCost] = []
    /// By how much the schedule may be dearer than the optimum, as a fraction, when time was up before it was proven.
    package var gap: Double?
    /// What `evaluate.py` takes as a schedule; that of the fallback policy for infeasible requests.
    package var schedule: JSONObject?
    /// The policy that stood in for an infeasible request.
    package var fallback: String?
    /// In words, when asked for.
    package var explanation: JSONValue?

    init(id: String, status: Status) {
        self.id = id
        self.status = status
    }

    /// One JSON object, in the form that `schedule solve` writes.
    package var json: JSONObject {
        var object: JSONObject = ["case": .string(id), "status": .string(status.rawValue), "message": message]
        object["cost"] = cost.map { JSONValue.number($0) } ?? .null
        var named = JSONObject()
        for item in CostEvaluator.byName(costs) { named[item.name] = .number(item.cost) }
        object["costs"] = .object(named)
        if let gap { object["gap"] = .number(gap) }
        object["schedule"] = schedule.map { .object($0) } ?? .null
        if let fallback { object["fallback"] = .string(fallback) }
        if let explanation { object["explanation"] = explanation }
        return object
    }
}
