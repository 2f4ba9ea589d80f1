import Synchronization

/// Lets one thread of this process at a time go on to the writing connection, in the order they came. Unlike the queue
/// of the engine it lets nobody wait for ever, and unlike a semaphore of Dispatch it does not care what the clock is
/// set to meanwhile.
final class WriterGate: Sendable {
    private struct State {
        var isTaken = false
        var lastTicket = 0
        /// Tickets of those who wait, in the order they came.
        var waiting: [Int] = []
    }

    private let bell = Bell()
    private let state = Mutex(State())

    /// - Throws: `StoreError.locked` when the others were not done in time.
    func enter(until deadline: Deadline) throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            state.waiting.append(state.lastTicket)
            return state.lastTicket
        }
        let turn: Void? = bell.wait(milliseconds: Int(deadline.millisecondsLeft)) {
            state.withLock { state in
                guard !state.isTaken, state.waiting.first == ticket else { return nil }
                state.waiting.removeFirst()
                state.isTaken = true
                return ()
            }
        }
        if turn != nil { return }
        // Whoever comes next may be first now.
        bell.ring { state.withLock { $0.waiting.removeAll { $0 == ticket } } }
        throw StoreError.locked
    }

    /// Goes on if nobody else is at work or waits.
    func enterIfFree() -> Bool {
        state.withLock { state in
            guard !state.isTaken, state.waiting.isEmpty else { return false }
            state.isTaken = true
            return true
        }
    }

    func leave() {
        bell.ring { state.withLock { $0.isTaken = false } }
    }
}
