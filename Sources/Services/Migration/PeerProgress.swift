import EnergyCore

/// How far the beliefs about a sensor have been taken over. They come in passes: the first one brings everything, each
/// later one what has been recorded since, about old events too, and events that have come since.
package struct PeerProgress: Hashable, Sendable {
    /// What finished passes have brought: everything recorded before `recorded` about events that start before `end`.
    private(set) var finished: Goal?
    private(set) var pass: Pass?

    struct Goal: Hashable, Sendable {
        let recorded: Instant
        let end: Instant
    }

    /// A pass under way, and the event up to which it has come.
    struct Pass: Hashable, Sendable {
        let goal: Goal
        var place: Instant
    }

    package init() {}

    /// Begins a pass, or goes on with the one that was stopped; false if there is nothing new.
    package mutating func begin(_ series: [PeerSeries], since: Instant?) -> Bool {
        guard let start = series.map(\.start).min(), let end = series.map(\.end).max(),
            let recorded = series.map(\.recorded).max()
        else { return false }
        if let place = pass?.place {
            pass?.place = max(place, since ?? place)
        } else {
            if let finished, recorded <= finished.recorded, end <= finished.end { return false }
            pass = Pass(goal: Goal(recorded: recorded, end: end), place: max(start, since ?? start))
        }
        return true
    }

    /// What to ask for next; nil when the pass is at its end, which counts as finished from then on.
    package mutating func next(_ series: [PeerSeries]) -> PeerBeliefWindow? {
        guard let pass else { return nil }
        let (goal, place) = (pass.goal, pass.place)
        guard place <= goal.end else {
            finished = goal
            self.pass = nil
            return nil
        }
        // What ends with an event ends with a later moment: one second more includes readings at the end.
        let last = goal.end + .seconds(1)
        let length = Self.length(series, until: last)
        if let finished, place < finished.end {
            return PeerBeliefWindow(
                start: place, end: min(place + length, finished.end), recordedSince: finished.recorded)
        }
        return PeerBeliefWindow(start: place, end: min(place + length, last), recordedSince: nil)
    }

    /// A window has been stored.
    mutating func pass(_ window: PeerBeliefWindow) { pass?.place = window.end }

    /// Windows as long as usual numbers of values take, all sources together.
    private static func length(_ series: [PeerSeries], until end: Instant) -> TimeSpan {
        let count = series.reduce(0) { $0 + $1.count }
        let span = end - (series.map(\.start).min() ?? end)
        let parts = Int64(max(1, (count + PeerBeliefWindow.usualCount - 1) / PeerBeliefWindow.usualCount))
        return max(.days(1), TimeSpan(microseconds: span.microseconds / parts + 1))
    }
}

extension PeerProgress {
    /// As it is kept in the store.
    var json: JSONValue {
        var entry = JSONObject()
        for (name, goal) in [("finished", finished), ("pass", pass?.goal)] {
            guard let goal else { continue }
            entry[name] = [
                "recorded": .string(goal.recorded.text(in: .utc)), "end": .string(goal.end.text(in: .utc)),
            ]
        }
        if let pass { entry["place"] = .string(pass.place.text(in: .utc)) }
        return .object(entry)
    }

    init(_ json: JSONValue) {
        func instant(_ value: JSONValue?) -> Instant? { value?.stringValue.flatMap { try? Instant(parsing: $0) } }
        func goal(_ name: String) -> Goal? {
            guard let recorded = instant(json[name]?["recorded"]), let end = instant(json[name]?["end"]) else {
                return nil
            }
            return Goal(recorded: recorded, end: end)
        }
        finished = goal("finished")
        if let goal = goal("pass"), let place = instant(json["place"]) { pass = Pass(goal: goal, place: place) }
    }
}
