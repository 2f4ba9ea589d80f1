import EnergyCore

/// Something that needs an operator, with what to do about it.
package struct AlarmRow: Hashable, Sendable, Identifiable {
    package enum Priority: Int, Hashable, Sendable, Comparable {
        /// Somebody has to act now.
        case alarm
        /// Somebody should look at it today.
        case warning

        package static func < (a: Priority, b: Priority) -> Bool { a.rawValue < b.rawValue }
        /// The letter that stands for it.
        package var letter: String { self == .alarm ? "A" : "W" }
    }

    package enum State: String, Hashable, Sendable {
        case new = "NEW"
        case acknowledged = "acked"
        case shelved
        /// It is over.
        case cleared
    }

    package enum Kind: String, Hashable, Sendable {
        case stale, breach, job, noPlan
    }

    /// The key that services know it by.
    package var id: String
    package var kind: Kind
    package var priority: Priority
    package var state = State.new
    package var since: Instant?
    package var text: String
    /// Name of the asset.
    package var place: String
    package var asset: AssetID?
    package var sensor: SensorID?
    package var job: String?
    package var detail = ""
    /// What is wrong with what: the same each time that it happens.
    package var subject: String
    /// What is wrong, without figures that grow.
    package var title: String
    /// Whether it is about what should be known of the time ahead.
    package var isAhead = false
    /// When it became an alarm, as far as known.
    package var raisedAt: Instant?
    /// What it would have to keep.
    package var limit = ""
    /// What somebody had to say about it.
    package var note = ""
    /// Who took note of it.
    package var owner = ""
    package var shelvedUntil: Instant?
    package var consequence = ""
    package var firstCheck = ""
    package var nextStep = ""

    package init(id: String, kind: Kind, priority: Priority, text: String, place: String) {
        self.id = id
        self.kind = kind
        self.priority = priority
        self.text = text
        subject = id
        title = text
        self.place = place
    }

    /// Whether data do not come that should have come by now.
    var isSilence: Bool { kind == .stale && !isAhead }

    /// Whether it counts in the header.
    package var isActive: Bool { state != .shelved && state != .cleared }

    /// The order of alarms: what waits before what is shelved, then by priority, then the newest first.
    static func isMoreUrgent(_ a: AlarmRow, _ b: AlarmRow) -> Bool {
        (a.state == .shelved ? 1 : 0, a.priority.rawValue, -(a.since?.microseconds ?? 0), a.id)
            < (b.state == .shelved ? 1 : 0, b.priority.rawValue, -(b.since?.microseconds ?? 0), b.id)
    }
}
