import EnergyCore

/// Why a job that computes a schedule fails. Texts and class names are those that clients see.
package enum SchedulingFailure: Error, Hashable, Sendable {
    /// No energy price is known in the window; the sensor that should have brought it, if one was named.
    case unknownPrices(SensorID?)
    case noPowerCapacity(AssetID)
    /// Statements about the stock contradict each other.
    case contradictions([ConstraintViolation])
    /// Devices that share the stock of this sensor say different things about it in this field.
    case differentStocks(String, String)
    /// This sensor, which was to say the level at the start, does not know it.
    case unknownLevel(SensorID)
    /// No plan keeps all hard limits.
    case infeasible
    /// A price without any limit behind it.
    case unbounded
    /// The solver could not vouch for a plan.
    case numericalTrouble
    /// Stopped by its time limit before any plan was found.
    case timeLimit
    case cancelled
    case noRoomForProcess
    case restrictedProcessTooLong
    /// There is nothing to schedule.
    case noDevices

    /// The class of the failure as clients know it.
    package var exceptionName: String {
        switch self {
        case .unknownPrices: "UnknownPricesException"
        case .infeasible: "InfeasibleProblemException"
        case .timeLimit: "TimeoutError"
        case .unbounded, .numericalTrouble, .cancelled: "RuntimeError"
        case .noPowerCapacity, .contradictions, .differentStocks, .unknownLevel, .noRoomForProcess,
            .restrictedProcessTooLong,
            .noDevices:
            "ValueError"
        }
    }

    /// The sentence of the failure.
    package var message: String {
        switch self {
        case .unknownPrices(let sensor):
            "Prices unknown for planning window." + (sensor.map { " (sensor \($0))" } ?? "")
        case .noPowerCapacity(let asset): "Power capacity on asset \(asset) is not defined in the flex-model."
        case .contradictions(let violations):
            "The input data yields an infeasible problem. Constraint validation has found the following issues:\n"
                + violations.map(\.text).joined(separator: "\n")
        case .differentStocks(let sensor, let field):
            "Devices that share the stock of sensor \(sensor) must have the same \(field)."
        case .unknownLevel(let sensor):
            "Sensor \(sensor) has no level of the stock in the two days before the start of the schedule."
        case .infeasible: "infeasible"
        case .unbounded: "Costs fall without end: there is a price with no limit behind it."
        case .numericalTrouble: "No reliable solution was found."
        case .timeLimit: "No schedule was found within the time limit."
        case .cancelled: "The schedule was cancelled."
        case .noRoomForProcess:
            "Cannot allocate a block of time {duration} given the time restrictions provided."
        case .restrictedProcessTooLong:
            "Cannot handle time restrictions if the duration of the process exceeds that of the schedule window."
        case .noDevices: "There is no flexible device to schedule."
        }
    }

    /// As in a job's record: `ValueError: ...`
    package var text: String { "\(exceptionName): \(message)" }
}

extension SchedulingFailure: CustomStringConvertible {
    package var description: String { text }
}
