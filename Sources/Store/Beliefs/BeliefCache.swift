import EnergyCore
import Synchronization

/// Beliefs that were read lately, kept so that screens and clients that ask for the same weeks again and again do not
/// make the engine step over the same rows each time.
///
/// A stretch is good for a snapshot that shows the same last change of the sensor's beliefs; the snapshot says which
/// that is, so that changes of other processes count as well. The stretches that were used last stay.
final class BeliefCache: Sendable {
    /// Everything stored about one sensor's events in a range, as of its change number `sequence`.
    struct Stretch: Sendable {
        let range: EventRange
        let sequence: Int64
        let rows: BeliefColumns
        /// Where the store stood when this was last found to be good.
        var position: LogPosition?
    }

    /// Fewer rows than this are read sooner than looked up.
    static let fewestRows = 64
    /// Rows of one stretch; longer ones are exports and roll-ups rather than something asked for again.
    static let mostRows = 1 << 16

    private struct Entry {
        var stretch: Stretch
        var lastUse: UInt64
    }

    private struct State {
        var entries: [SensorID: Entry] = [:]
        var rows = 0
        var uses: UInt64 = 0

        mutating func shrink(to limit: Int) {
            for (sensor, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
                if rows <= limit { return }
                rows -= entry.stretch.rows.count
                entries[sensor] = nil
            }
        }
    }

    /// In all stretches together: at 40 bytes a row some five megabytes.
    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 1 << 17) {
        self.capacity = capacity
    }

    /// Events of a range, as far as is known without looking: of readings at any time none are.
    static func eventCount(in range: EventRange, of sensor: Sensor) -> Int? {
        if sensor.resolution == .zero { return nil }
        return Int((range.until - range.from) / max(1, sensor.resolution.microseconds / 1_000_000))
    }

    /// The stretch kept for a sensor if it covers a range; whether it is still good is for the caller to see.
    func stretch(of sensor: SensorID, covering range: EventRange) -> Stretch? {
        state.withLock { state in
            guard let entry = state.entries[sensor], entry.stretch.range.covers(range) else { return nil }
            state.uses += 1
            state.entries[sensor]?.lastUse = state.uses
            return entry.stretch
        }
    }

    /// Notes that a stretch is still good.
    func confirm(_ stretch: Stretch, of sensor: SensorID, at position: LogPosition) {
        state.withLock { state in
            guard let entry = state.entries[sensor], entry.stretch.sequence == stretch.sequence,
                entry.stretch.range == stretch.range
            else { return }
            state.entries[sensor]?.stretch.position = position
        }
    }

    /// Keeps a stretch in place of the sensor's former one. If there are too many rows then, a quarter of them is
    /// forgotten, of the stretches that were not used for longest.
    func keep(_ stretch: Stretch, of sensor: SensorID) {
        state.withLock { state in
            state.uses += 1
            state.rows += stretch.rows.count - (state.entries[sensor]?.stretch.rows.count ?? 0)
            state.entries[sensor] = Entry(stretch: stretch, lastUse: state.uses)
            if state.rows > capacity { state.shrink(to: capacity / 4 * 3) }
        }
    }
}

extension EventRange {
    fileprivate func covers(_ other: EventRange) -> Bool { from <= other.from && until >= other.until }
}

extension BeliefColumns {
    /// Places of the rows about events in a range.
    func places(in range: EventRange) -> Range<Int> {
        let first = starts.firstPlace { $0 >= range.from }
        return first..<max(first, starts.firstPlace { $0 >= range.until })
    }
}

extension [Int64] {
    /// The first place whose element meets a condition that all later ones meet as well.
    fileprivate func firstPlace(where holds: (Int64) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
