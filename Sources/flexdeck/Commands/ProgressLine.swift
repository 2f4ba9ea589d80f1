import Foundation
import Synchronization

/// A line on standard error that shows how far long work is; silent when nobody watches.
final class ProgressLine: Sendable {
    private let title: String
    private let started = ContinuousClock.now
    private let lastShown = Mutex<ContinuousClock.Instant?>(nil)
    private let isWatched = isatty(STDERR_FILENO) == 1

    init(_ title: String) {
        self.title = title
    }

    /// Shows `done` of `total` with rate and remaining time, at most ten times a second.
    func show(_ done: Int, of total: Int?) {
        guard isWatched else { return }
        let now = ContinuousClock.now
        let isDue = lastShown.withLock { last in
            if let last, now - last < .milliseconds(100), done != total { return false }
            last = now
            return true
        }
        guard isDue else { return }
        let seconds = max(
            0.001, Double((now - started).components.seconds) + Double((now - started).components.attoseconds) * 1e-18)
        let rate = Double(done) / seconds
        var line = "\r\(title): \(done)"
        if let total {
            let width = 24
            let filled = total > 0 ? min(width, width * done / total) : width
            line +=
                " of \(total) [\(String(repeating: "#", count: filled))\(String(repeating: ".", count: width - filled))]"
            if rate > 0, done < total { line += " \(Int(Double(total - done) / rate) + 1) s left" }
        }
        line += ", \(Int(rate))/s"
        FileHandle.standardError.write(Data((line + "\u{1b}[K").utf8))
    }

    func finish() {
        guard isWatched, lastShown.withLock({ $0 != nil }) else { return }
        FileHandle.standardError.write(Data("\n".utf8))
    }
}
