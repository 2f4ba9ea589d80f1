import Synchronization

/// How far an upload is; written where it runs, read where it is drawn.
final class UploadProgress: Sendable {
    struct State: Hashable, Sendable {
        var rows = 0
        var skipped: [String] = []
        var skippedCount = 0
        var toStore = 0
        var stored = 0
        var isCancelled = false
    }

    /// So many rows that were skipped are named.
    static let mostNamed = 12

    private let state = Mutex(State())

    var now: State { state.withLock { $0 } }
    func cancel() { state.withLock { $0.isCancelled = true } }
    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// Throws once the user has asked to stop.
    func check() throws {
        if now.isCancelled { throw Stopped() }
    }

    /// The user stopped the upload; what was stored so far is taken back.
    struct Stopped: Error, CustomStringConvertible {
        var description: String { "stopped: nothing was stored" }
    }
}
