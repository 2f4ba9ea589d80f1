/// Why no forecast can be made.
package enum ForecastError: Error, Hashable, Sendable {
    /// Not one observation is known.
    case noObservations
    /// The series has no intervals.
    case instantaneous
    /// The caller no longer wants it.
    case cancelled
}
