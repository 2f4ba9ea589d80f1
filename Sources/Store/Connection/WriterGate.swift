import Dispatch

/// Lets one thread of this process at a time go on to the writing connection, in the order they came. Unlike the queue
/// of the engine it lets nobody wait for ever.
final class WriterGate: Sendable {
    private let permit = DispatchSemaphore(value: 1)

    /// - Throws: `StoreError.locked` when the others were not done in time.
    func enter(until deadline: DispatchTime) throws {
        guard permit.wait(timeout: deadline) == .success else { throw StoreError.locked }
    }

    /// Goes on if nobody else is at work.
    func enterIfFree() -> Bool { permit.wait(timeout: .now()) == .success }

    func leave() { permit.signal() }
}
