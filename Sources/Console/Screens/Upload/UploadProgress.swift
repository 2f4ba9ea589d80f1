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

    private let state = Mutex(State())

    var now: State { state.withLock { $0 } }
    func cancel() { state.withLock { $0.isCancelled = true } }
    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// Throws once the user has asked to stop.
    func check() throws {
        if now.isCancelled { throw Stopped(stored: now.stored, of: now.toStore) }
    }

    /// The user stopped the upload.
    struct Stopped: Error, CustomStringConvertible {
        var stored: Int
        var of: Int
        var description: String {
            stored == 0 ? "stopped: nothing was stored" : "stopped: \(stored) of \(of) values are stored and stay"
        }
    }
}
