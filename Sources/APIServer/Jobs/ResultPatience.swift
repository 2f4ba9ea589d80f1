import EnergyCore
import Services
import Synchronization

/// Lets a client that asks for the result of a job wait a moment for it. Most jobs take a fraction of a second, while
/// clients that are told "not yet" come back seconds later.
final class ResultPatience: Sendable {
    private let limit: Duration
    /// So many requests may wait at the same time; others are answered at once.
    private let mostWaiting: Int
    private let waiting = Mutex(0)
    /// Milliseconds after which a job is looked at again that another process may run.
    private static let pause = 25

    init(limit: Duration, mostWaiting: Int) {
        self.limit = limit
        self.mostWaiting = mostWaiting
    }

    /// Returns when the job is over, when the time is up, or at once if too many wait already.
    func wait(for id: JobID, _ jobs: JobService) throws {
        guard limit > .zero, try isPending(id, jobs), enter() else { return }
        defer { waiting.withLock { $0 -= 1 } }
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            // Counted before looking, so that an end in between is not slept through.
            let endings = jobs.runner.endings
            guard try isPending(id, jobs) else { return }
            jobs.runner.waitForEnding(after: endings, milliseconds: Self.pause)
        }
    }

    private func isPending(_ id: JobID, _ jobs: JobService) throws -> Bool {
        guard let job = try jobs.find(id) else { return false }
        if job.state == .failed, let other = job.metadata["fallback_job_id"]?.stringValue, other != id {
            return try isPending(other, jobs)
        }
        return !job.state.isOver
    }

    private func enter() -> Bool {
        waiting.withLock { count in
            if count >= mostWaiting { return false }
            count += 1
            return true
        }
    }
}
