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
    private var wanted: (query: Query, version: Int)?
    private var loaded: (query: Query, version: Int)?
    private var isLoading = false
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
        let version = inputs.isFrozen ? loaded?.version ?? inputs.version : inputs.version
        if let wanted, wanted.query == query, wanted.version == version { return }
        wanted = (query, version)
        startIfNeeded(inputs)
    }

    /// Loads again with the next `ask`.
    package func invalidate() {
        wanted = nil
        loaded = nil
    }

    private func startIfNeeded(_ inputs: ScreenInputs) {
        guard !isLoading, let next = wanted else { return }
        if let loaded, loaded.query == next.query, loaded.version == next.version { return }
        isLoading = true
        let (load, data) = (load, inputs.data)
        inputs.loader.run({ try load(next.query, data) }) { [weak self] result in
            self?.finish(next, result, inputs)
        }
    }

    private func finish(_ request: (query: Query, version: Int), _ result: Result<Model, any Error>, _ inputs: ScreenInputs) {
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
}
