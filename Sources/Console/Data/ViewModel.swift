import EnergyCore
import Services

/// The value a screen shows and the query it answers. A new query, or news about the store, loads it anew; the old
/// value stays on the screen meanwhile. At most one load is under way; of several queries that arrive the last counts.
@MainActor
package final class ViewModel<Query: Hashable & Sendable, Model: Equatable & Sendable> {
    /// What is shown; nil before the first answer.
    package private(set) var value: Model?
    /// Why the last load failed.
    package private(set) var failure: ErrorText?
    /// The query that `value` answers.
    package private(set) var answered: Query?
    private var wanted: Request?
    private var loaded: Request?
    private var isLoading = false
    /// How long new values alone have to wait, and who waits for them.
    private var pace = Pace()
    private var pause: Task<Void, Never>?
    private let load: @Sendable (Query, ConsoleData) throws -> Model
    /// Called on the main actor when a new value has arrived.
    package var whenLoaded: @MainActor (Model) -> Void = { _ in }

    package init(_ load: @escaping @Sendable (Query, ConsoleData) throws -> Model) {
        self.load = load
    }

    /// Whether what is shown answers an older query than the last one asked.
    package var isStale: Bool { wanted.map { $0.query != answered } ?? true }

    /// Asks for the answer to a query as of a version of the store; does nothing when that is what is shown.
    package func ask(_ query: Query, _ inputs: ScreenInputs) {
        let isHeld = inputs.isFrozen && loaded != nil
        let next = Request(
            query: query, version: isHeld ? loaded?.version ?? 0 : inputs.version,
            dataVersion: isHeld ? loaded?.dataVersion ?? 0 : inputs.dataVersion)
        if wanted == next { return }
        wanted = next
        startIfNeeded(inputs)
    }

    /// Loads again with the next `ask`.
    package func invalidate() {
        wanted = nil
        loaded = nil
    }

    private func startIfNeeded(_ inputs: ScreenInputs) {
        guard !isLoading, let next = wanted, next != loaded else { return }
        if inputs.isPaced, let loaded, next.differsByDataOnly(from: loaded), pace.next > .now {
            if pause == nil { wait(inputs) }
            return
        }
        pause?.cancel()
        pause = nil
        isLoading = true
        let (load, data, start) = (load, inputs.data, ContinuousClock.now)
        inputs.loader.read({ try load(next.query, data) }) { [weak self] result in
            let end = ContinuousClock.now
            self?.pace.spend(start.duration(to: end), at: end)
            self?.finish(next, result, inputs)
        }
    }

    private func wait(_ inputs: ScreenInputs) {
        pause = Task { [weak self, next = pace.next] in
            try? await Task.sleep(until: next, clock: .continuous)
            guard !Task.isCancelled, let self else { return }
            self.pause = nil
            var inputs = inputs
            inputs.data.now = inputs.data.services.clock.now
            self.startIfNeeded(inputs)
        }
    }

    private func finish(_ request: Request, _ result: Result<Model, any Error>, _ inputs: ScreenInputs) {
        isLoading = false
        loaded = request
        switch result {
        case .success(let model):
            failure = nil
            answered = request.query
            if value != model { value = model }
            whenLoaded(model)
        case .failure(let error):
            failure = ErrorText(error)
            if answered != request.query { value = nil }
        }
        startIfNeeded(inputs)
    }

    /// A query as of what is known to have changed.
    private struct Request: Equatable {
        var query: Query
        var version: Int
        var dataVersion: Int

        func differsByDataOnly(from other: Request) -> Bool { query == other.query && version == other.version }
    }
}
