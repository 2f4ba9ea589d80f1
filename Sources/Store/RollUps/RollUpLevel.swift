import EnergyCore

/// The lengths of bins for which minimum, maximum, sum and count are kept.
package enum RollUpLevel: Int, CaseIterable, Hashable, Sendable {
    case quarterHour = 1
    case hour = 2
    /// A day of the sensor's zone: 23 to 25 hours.
    case day = 3

    /// Nominal length in seconds.
    package var seconds: Int64 {
        switch self {
        case .quarterHour: 900
        case .hour: 3600
        case .day: 86_400
        }
    }

    /// The levels worth keeping for a sensor, finest first: those whose bins hold a dozen events or more. A bin takes
    /// more room than a belief, and reading a dozen beliefs costs no more than finding one bin.
    ///
    /// How often readings of instantaneous sensors come is unknown; they get hours and days.
    package static func levels(for resolution: TimeSpan) -> [RollUpLevel] {
        if resolution <= .zero { return [.hour, .day] }
        return allCases.filter { $0.seconds * 1_000_000 >= 12 * resolution.microseconds }
    }
}
