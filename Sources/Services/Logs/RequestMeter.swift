import Synchronization

/// Counts the requests that this process answers and how long they take, for those who look after it.
package final class RequestMeter: Sendable {
    /// How the answers of this process were so far.
    package struct Figures: Hashable, Sendable {
        package var requests = 0
        /// Answers with which the server says that it failed.
        package var failures = 0
        /// Requests in the last minute.
        package var lastMinute = 0
        /// Milliseconds within which half of all are answered, and 99 of 100; nil before the first.
        package var median: Double?
        package var high: Double?
        /// The operation that took longest, and its milliseconds.
        package var slowest: String?
        package var slowestTime: Double?

        package init() {}
    }

    private struct State {
        var figures = Figures()
        /// By duration: each bound is a quarter more than the one before.
        var byDuration = [Int](repeating: 0, count: RequestMeter.bounds.count)
        /// By second of the minute, with the second that they were counted in.
        var seconds = [(second: Int64, count: Int)](repeating: (0, 0), count: 60)
    }

    /// Milliseconds, from a hundredth to over a minute.
    private static let bounds: [Double] = sequence(first: 0.01) { $0 * 1.25 }.prefix(72).map { $0 }

    private let state = Mutex(State())
    private let start = ContinuousClock.now

    package init() {}

    /// Notes one answered request.
    package func note(method: String, path: String, status: Int, duration: Duration) {
        let time = Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) * 1e-15
        let second = (ContinuousClock.now - start).components.seconds
        let place = Self.bounds.firstIndex { time <= $0 } ?? Self.bounds.count - 1
        state.withLock { state in
            state.figures.requests += 1
            if status >= 500 { state.figures.failures += 1 }
            state.byDuration[place] += 1
            let slot = Int(second % 60)
            if state.seconds[slot].second != second { state.seconds[slot] = (second, 0) }
            state.seconds[slot].count += 1
            if time > state.figures.slowestTime ?? -1 {
                state.figures.slowestTime = time
                state.figures.slowest = "\(method) \(path)"
            }
        }
    }

    /// What was counted up to now.
    package var figures: Figures {
        let now = (ContinuousClock.now - start).components.seconds
        return state.withLock { state in
            var figures = state.figures
            figures.lastMinute = state.seconds.reduce(0) { now - $1.second < 60 ? $0 + $1.count : $0 }
            figures.median = Self.bound(state.byDuration, share: 0.5)
            figures.high = Self.bound(state.byDuration, share: 0.99)
            return figures
        }
    }

    private static func bound(_ counts: [Int], share: Double) -> Double? {
        let wanted = Double(counts.reduce(0, +)) * share
        guard wanted > 0 else { return nil }
        var sum = 0
        let place = counts.firstIndex {
            sum += $0
            return Double(sum) >= wanted
        }
        return place.map { bounds[$0] }
    }
}
