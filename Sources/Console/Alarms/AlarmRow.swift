import EnergyCore

/// Something that needs an operator, with what to do about it.
package struct AlarmRow: Hashable, Sendable, Identifiable {
    package enum Priority: Int, Hashable, Sendable, Comparable {
        case alarm, warning

        package static func < (a: Priority, b: Priority) -> Bool { a.rawValue < b.rawValue }
        /// The letter that stands for it.
        package var letter: String { self == .alarm ? "A" : "W" }
    }

    package enum State: String, Hashable, Sendable {
        case new = "NEW"
        case acknowledged = "acked"
        case shelved
        case cleared
    }

    /// Names the condition, the same as long as it lasts.
    package var id: String
    package var priority: Priority
    package var state = State.new
    package var since: Instant?
    package var text: String
    package var place: String
    package var asset: AssetID?
    package var sensor: SensorID?
    package var job: String?
    package var limit = ""
    package var owner = ""
    package var note = ""
    package var consequence = ""
    package var firstCheck = ""
    package var nextStep = ""
    /// Missing or late data, as opposed to other trouble.
    package var isStaleness = false

    /// Whether it counts in the header.
    package var isActive: Bool { state == .new || state == .acknowledged }
}
