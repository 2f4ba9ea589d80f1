import EnergyCore
import Store

/// Something that wants a person's attention.
package struct Alarm: Hashable, Sendable {
    /// What is wrong.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Data are older than they should be.
        case stale
        /// A measured value is outside of its limits.
        case breach
        /// A job failed.
        case job
    }

    /// Names the alarm for as long as its cause lasts.
    package let key: String
    package let kind: Kind
    /// One line: what is wrong with what.
    package let title: String
    /// What is known of the data when they are what is wrong.
    package var verdict: Staleness?
    private let figures: String
    package var assetID: AssetID?
    package var sensorID: SensorID?
    package var jobID: JobID?
    /// Since when it is so, as far as known.
    package var since: Instant?
    /// What people did about it.
    package var mark: AlarmMark?

    init(key: String, kind: Kind, title: String, detail: String) {
        self.key = key
        self.kind = kind
        self.title = title
        figures = detail
    }

    /// The figures behind it.
    package var detail: String { verdict?.reason ?? figures }

    /// Somebody has seen it.
    package var isAcknowledged: Bool { mark?.acknowledgedAt != nil }

    /// Somebody wants to hear of it only later.
    package func isShelved(at now: Instant) -> Bool {
        mark?.shelvedUntil.map { now < $0 } ?? false
    }
}
