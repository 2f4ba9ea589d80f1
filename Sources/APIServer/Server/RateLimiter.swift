import APIContract
import EnergyCore
import Synchronization

/// Counts requests per caller in fixed windows of time.
final class RateLimiter: Sendable {
    private struct Window {
        var start: Instant
        var count: Int
    }

    /// How a request stands against its limit.
    struct Standing {
        var limit: Int
        var remaining: Int
        /// Whole seconds until the window ends.
        var reset: Int
        var isExceeded: Bool
    }

    private let windows = Mutex<[String: Window]>([:])
    private static let mostCallers = 50_000

    /// Counts one request of a caller.
    func count(_ key: String, limit: Int, window: TimeSpan, now: Instant) -> Standing {
        windows.withLock { windows in
            if windows.count >= Self.mostCallers { windows = windows.filter { now - $0.value.start < window } }
            var entry = windows[key] ?? Window(start: now, count: 0)
            if now - entry.start >= window || now < entry.start { entry = Window(start: now, count: 0) }
            entry.count += 1
            windows[key] = entry
            let left = (entry.start + window) - now
            return Standing(
                limit: limit, remaining: max(0, limit - entry.count), reset: Int(left.inSeconds.rounded(.up)),
                isExceeded: entry.count > limit)
        }
    }
}

extension RateLimiter.Standing {
    var headers: [(name: String, value: String)] {
        [
            ("X-RateLimit-Limit", "\(limit)"), ("X-RateLimit-Remaining", "\(remaining)"),
            ("X-RateLimit-Reset", "\(reset)"),
        ]
    }

    /// 429 with the time to wait.
    func refusal(_ window: String) -> APIFailure {
        var failure = APIFailure.rejected(
            429, "TOO_MANY_REQUESTS", "You hit a rate limit. The limit you hit allows \(limit) per \(window).")
        failure.headers = headers + [("Retry-After", "\(reset)")]
        return failure
    }
}
