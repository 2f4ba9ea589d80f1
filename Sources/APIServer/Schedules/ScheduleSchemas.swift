import APIContract
import EnergyCore

/// What bodies about schedules hold.
enum ScheduleSchemas {
    /// The names of the fields of a trigger.
    static let fields: Set<String> = [
        "start", "duration", "resolution", "prior", "flex-model", "flex-context", "sequential",
        "force_new_job_creation", "force-new-job-creation",
    ]

    private static let description =
        "See the fields of flexibility: state-of-charge limits and targets, power capacities, efficiencies; prices,"
        + " site limits, inflexible devices."

    static let sensorTrigger = Schema.object([
        "start": .datetime, "duration?": .duration, "resolution?": .duration, "prior?": .datetime,
        "flex-model?": Schema.anyObject.described(description), "flex-context?": .anyObject,
        "force_new_job_creation?": .flag, "force-new-job-creation?": .flag,
    ])

    static let assetTrigger = Schema.object([
        "start": .datetime, "duration?": .duration, "resolution?": .duration, "prior?": .datetime,
        "flex-model?": .oneOf([.list(of: .anyObject), .anyObject]), "flex-context?": .anyObject,
        "sequential?": .flag, "force_new_job_creation?": .flag, "force-new-job-creation?": .flag,
    ])

    static let accepted = Schema.object([
        "schedule?": .string, "forecast?": .string, "job?": .string, "status": .string, "message": .string,
    ])

    static let example: JSONValue = [
        "start": "2026-06-02T10:00:00+00:00",
        "flex-model": ["soc-at-start": "12.1 kWh", "soc-max": "25 kWh", "power-capacity": "10 kW"],
        "flex-context": ["consumption-price": "0.2 EUR/kWh"],
    ]
}
