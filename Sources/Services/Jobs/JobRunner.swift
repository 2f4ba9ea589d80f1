import EnergyCore
import FoundationEssentials
import Glibc
import Logging
import Store
import Synchronization

/// Runs the jobs of the store on threads of its own.
///
/// Each job is leased: whoever runs it renews the lease while it works, and a job whose lease ran out is given to
/// another runner, in this process or any other. A job that is put into the queue through this process starts at once;
/// one that another process put there, within half a second. `Services.docc` tells the life of a job.
package final class JobRunner: Sendable {
    private struct State {
        var workers = 0
        var isDraining = false
        /// Rings that no worker has answered yet.
        var calls = 0
        var running: [JobID: JobContext] = [:]
        /// Jobs that ended here so far.
        var endings = 0
    }

    private let context: ServiceContext
    private let chores: @Sendable () -> Void
    private let handlers = Mutex<[String: any JobHandler]>([:])
    private let bell = Bell()
    private let state = Mutex(State())
    /// Names this process, so that others can tell whether it lives.
    private let owner = ProcessName.own()

    /// - Parameter chores: done every minute, on the thread that keeps the leases.
    init(context: ServiceContext, chores: @escaping @Sendable () -> Void) {
        self.context = context
        self.chores = chores
    }

    func register(_ handler: any JobHandler) {
        handlers.withLock { $0[handler.kind] = handler }
    }

    /// The jobs that this process runs now.
    package var runningJobs: [JobID] { state.withLock { Array($0.running.keys) } }

    /// Starts the worker threads, and one that keeps the leases and looks for work of other processes.
    package func start() {
        let count = context.settings.jobs.workers
        guard count > 0, !context.settings.readOnly else { return }
        let isFirst = state.withLock { state in
            if state.workers > 0 { return false }
            state.workers = count
            state.isDraining = false
            return true
        }
        guard isFirst else { return }
        for number in 0..<count { OwnThread.start { self.work(number) } }
        OwnThread.start { self.keep() }
    }

    /// Stops taking jobs and waits for the running ones; those that are not done in time are asked to stop, and go
    /// back to the queue. Returns true if none had to.
    @discardableResult
    package func drain(patienceMilliseconds: Int) -> Bool {
        bell.ring { state.withLock { $0.isDraining = true } }
        let isDone = { () -> Bool? in self.state.withLock { $0.running.isEmpty ? true : nil } }
        if bell.wait(milliseconds: patienceMilliseconds, until: isDone) == true { return true }
        let late = state.withLock { Array($0.running.values) }
        for job in late { job.lose() }
        _ = bell.wait(milliseconds: 2_000, until: isDone)
        try? context.store.write { transaction in
            for job in late { try transaction.requeue(job.job, from: self.owner) }
        }
        return false
    }

    /// Runs queued jobs on the calling thread until there are none. For command lines and tests.
    package func runQueuedJobs() throws {
        while let job = try claim() { run(job) }
    }

    /// How many jobs this process has ended so far; for `waitForEnding`.
    package var endings: Int { state.withLock { $0.endings } }

    /// Sleeps until this process has ended more jobs than `count`, or the time is up: jobs of other processes are not
    /// noticed.
    package func waitForEnding(after count: Int, milliseconds: Int) {
        _ = bell.wait(milliseconds: milliseconds) { state.withLock { $0.endings > count ? true : nil } }
    }

    func wake() {
        bell.ring { state.withLock { $0.calls += 1 } }
    }

    /// Passes a request to stop on to the job, if it runs here.
    func noteCancelled(_ id: JobID) {
        state.withLock { $0.running[id] }?.cancel()
    }

    private func work(_ number: Int) {
        while true {
            let isCalled = bell.wait { () -> Bool? in
                state.withLock { state in
                    if state.isDraining { return false }
                    guard state.calls > 0 else { return nil }
                    state.calls -= 1
                    return true
                }
            }
            guard isCalled == true else { break }
            do {
                while !state.withLock({ $0.isDraining }), let job = try claim() { run(job) }
            } catch {
                context.logger.error("Cannot take a job from the queue", metadata: ["error": "\(error)"])
            }
        }
        bell.ring { state.withLock { $0.workers -= 1 } }
    }

    private func claim() throws -> Job? {
        let kinds = handlers.withLock { $0.keys.sorted() }
        guard try context.store.read({ try $0.hasQueuedJob(ofKinds: kinds) }) else { return nil }
        let now = context.clock.now
        let lease = now + context.settings.jobs.lease
        let full = fullQueues
        return try context.store.write {
            try $0.claimJob(ofKinds: kinds, exceptQueues: full, for: owner, now: now, lease: lease)
        }
    }

    /// Queues whose long jobs must not take the last worker: somebody waits for schedules.
    private var fullQueues: [String] {
        let most = max(1, context.settings.jobs.workers - 1)
        let running = state.withLock { $0.running.values.map(\.job.queue) }
        return Set(running).filter { queue in
            queue != "scheduling" && running.count(where: { $0 == queue }) >= most
        }
    }

    private func run(_ job: Job) {
        let running = JobContext(job: job)
        state.withLock { $0.running[job.id] = running }
        defer { bell.ring { _ = state.withLock { $0.running.removeValue(forKey: job.id) } } }
        let outcome = outcome(of: running)
        if running.isLost { return }
        do {
            do {
                try store(outcome, of: running)
            } catch  where outcome.isFinished {
                // What the job was to leave behind could not be written, so it has not finished.
                try store(failure(of: running, error), of: running)
            }
            bell.ring {
                state.withLock { state in
                    state.endings += 1
                    state.calls += 1
                }
            }
        } catch {
            context.logger.error("Cannot store the end of job \(job.id)", metadata: ["error": "\(error)"])
        }
    }

    /// Stores the end of a job and what it leaves behind, in one transaction.
    private func store(_ outcome: JobOutcome, of running: JobContext) throws {
        let now = context.clock.now
        let expiresAt = context.settings.jobs.resultLifetime.map { now + $0 }
        do {
            try writePatiently { transaction in
                if outcome.isFinished { try running.writeAtEnd(in: transaction) }
                let isOwned = try transaction.end(
                    running.job, owner: owner, outcome, metadata: running.metadata, at: now, expiresAt: expiresAt)
                if !isOwned { throw JobLost() }
            }
        } catch is JobLost {
            // Another worker has it, or had it: its writes count, these are undone.
        }
    }

    /// Waits longer for other writers than a request does: work that is done is not to be done again.
    private func writePatiently(_ body: (WriteTransaction) throws -> Void) throws {
        for _ in 0..<6 {
            do { return try context.store.write(body) } catch StoreError.locked { continue }
        }
        try context.store.write(body)
    }

    /// Undoes the writes of a job that another worker has taken over.
    private struct JobLost: Error {}

    private func outcome(of running: JobContext) -> JobOutcome {
        guard let handler = handlers.withLock({ $0[running.job.kind] }) else {
            return .failed(errorClass: "UnknownJobKind", message: "nobody knows how to do \(running.job.kind)")
        }
        do {
            try running.checkCancellation()
            return .finished(result: try handler.run(running))
        } catch is JobCancelled {
            return .canceled
        } catch let failure as JobFailure {
            running.setMetadata("exception", .string("\(failure.errorClass)(\(pythonQuoted(failure.message)))"))
            return .failed(errorClass: failure.errorClass, message: failure.message)
        } catch {
            return failure(of: running, error)
        }
    }

    private func failure(of running: JobContext, _ error: any Error) -> JobOutcome {
        context.logger.error(
            "Job \(running.id) failed", metadata: ["kind": "\(running.job.kind)", "error": "\(error)"])
        return .failed(errorClass: "\(type(of: error))", message: "\(error)")
    }

    /// Renews leases, takes back what dead workers left, does chores, and looks for work of other processes.
    private func keep() {
        var beats = 0
        reclaim()
        wake()
        while !bellSaysDraining() {
            beats += 1
            do {
                try renewLeases()
                if beats % 10 == 0 { reclaim() }
                if beats % 120 == 1 { chores() }
                let kinds = handlers.withLock { $0.keys.sorted() }
                if try context.store.read({ try $0.hasQueuedJob(ofKinds: kinds) }) { wake() }
            } catch {
                context.logger.warning("The job queue is out of reach", metadata: ["error": "\(error)"])
            }
        }
    }

    private func bellSaysDraining() -> Bool {
        let milliseconds = 500
        return bell.wait(milliseconds: milliseconds) { state.withLock { $0.isDraining ? true : nil } } == true
    }

    private func renewLeases() throws {
        let running = state.withLock { Array($0.running.values) }
        guard !running.isEmpty else { return }
        let lease = context.clock.now + context.settings.jobs.lease
        try context.store.write { transaction in
            for job in running {
                let (value, text) = job.progress
                let (isOwned, isCancelRequested) = try transaction.heartbeat(
                    job.job, owner: owner, lease: lease, progress: value, text: text)
                if !isOwned { job.lose() }
                if isCancelRequested { job.cancel() }
            }
        }
    }

    /// Takes back the jobs whose leases have run out.
    func reclaim() {
        let settings = context.settings.jobs
        // After a jump of the clock every lease looks as if it had run out long ago, until its owner renews it.
        guard context.clockWatch.isSteady(for: settings.lease) else { return }
        let now = context.clock.now
        do {
            let count = try context.store.write { transaction in
                try transaction.expireLeases(of: { ProcessName.isDead($0) }, at: now)
                try transaction.shortenLeases(to: now + settings.lease)
                return try transaction.reclaimJobs(
                    at: now, attempts: settings.attempts, expiresAt: settings.resultLifetime.map { now + $0 })
            }
            if count > 0 { wake() }
        } catch {
            context.logger.warning("Cannot take back jobs of dead workers", metadata: ["error": "\(error)"])
        }
    }
}

extension JobOutcome {
    fileprivate var isFinished: Bool { if case .finished = self { true } else { false } }
}
