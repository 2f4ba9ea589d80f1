import Dispatch
import Synchronization

/// Runs loading work away from the main actor and counts it, so that scripts and tests know when all is quiet.
///
/// Services may wait for the disk, so the work gets threads of its own and not those of the cooperative pool.
@MainActor
package final class ModelLoader {
    private let queue = DispatchQueue(label: "flexdeck.console.load", qos: .userInitiated, attributes: .concurrent)
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var reads: [Int: ContinuousClock.Instant] = [:]
    private var readCount = 0
    /// Called after each piece of work, and when reading takes longer than a store should need.
    var whenChanged: @MainActor () -> Void = {}

    /// Told of the end of work that may have written: nil when it went well.
    var whenWorked: @MainActor ((any Error)?) -> Void = { _ in }

    package init() {}

    /// Whether work is under way.
    package var isBusy: Bool { running > 0 }

    /// Runs work that may write on another thread and gives its result back here.
    package func run<T: Sendable>(
        _ work: @escaping @Sendable () throws -> T, then finish: @escaping @MainActor (Result<T, any Error>) -> Void
    ) {
        start(work) { [weak self] result in
            if case .failure(let error) = result { self?.whenWorked(error) } else { self?.whenWorked(nil) }
            finish(result)
        }
    }

    private func start<T: Sendable>(
        _ work: @escaping @Sendable () throws -> T, then finish: @escaping @MainActor (Result<T, any Error>) -> Void
    ) {
        begin()
        queue.async {
            let result = Result { try work() }
            Task { @MainActor in
                finish(result)
                self.end()
            }
        }
    }

    /// Reads from the store on another thread and gives the result back here. A read that takes long is noticed.
    package func read<T: Sendable>(
        _ work: @escaping @Sendable () throws -> T, then finish: @escaping @MainActor (Result<T, any Error>) -> Void
    ) {
        readCount += 1
        let number = readCount
        reads[number] = .now
        let alarm = DispatchWorkItem { [weak self] in MainActor.assumeIsolated { self?.whenChanged() } }
        DispatchQueue.main.asyncAfter(deadline: .now() + Self.patience, execute: alarm)
        start(work) { [weak self] result in
            alarm.cancel()
            self?.reads[number] = nil
            finish(result)
        }
    }

    /// Whether something has been read for so long that the user should be told.
    package var isReadingLong: Bool {
        reads.values.contains { $0.duration(to: .now) >= .seconds(Self.patience) }
    }

    private static let patience = 1.0

    /// Runs asynchronous work and gives its result back here.
    package func runAsync<T: Sendable>(
        _ work: @escaping @Sendable () async throws -> T,
        then finish: @escaping @MainActor (Result<T, any Error>) -> Void
    ) {
        begin()
        Task.detached {
            let result: Result<T, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            await MainActor.run {
                finish(result)
                self.end()
            }
        }
    }

    /// Counts something else as work, until `end`.
    package func begin() { running += 1 }

    package func end() {
        running -= 1
        whenChanged()
        guard running == 0 else { return }
        let resumed = waiting
        waiting = []
        for continuation in resumed { continuation.resume() }
    }

    /// Returns when nothing is under way.
    package func idle() async {
        while running > 0 {
            await withCheckedContinuation { waiting.append($0) }
        }
    }
}
