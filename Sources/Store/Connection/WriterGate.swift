import Glibc

/// Lets one thread of this process at a time go on to the writing connection, in the order they came. Unlike the queue
/// of the engine it lets nobody wait for ever, and unlike a semaphore of Dispatch it does not care what the clock is
/// set to meanwhile.
final class WriterGate: Sendable {
    // Guarded by their own semantics: both are thread-safe C objects at a fixed address.
    private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private nonisolated(unsafe) let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    // Only touched by the thread that holds `mutex`.
    private nonisolated(unsafe) let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

    private struct State {
        var isTaken = false
        var lastTicket = 0
        /// Tickets of those who wait, in the order they came.
        var waiting: [Int] = []
    }

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
        state.initialize(to: State())
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// - Throws: `StoreError.locked` when the others were not done in time.
    func enter(until deadline: Deadline) throws {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        state.pointee.lastTicket += 1
        let ticket = state.pointee.lastTicket
        state.pointee.waiting.append(ticket)
        defer { state.pointee.waiting.removeAll { $0 == ticket } }
        var time = deadline.time
        while state.pointee.isTaken || state.pointee.waiting.first != ticket {
            guard pthread_cond_timedwait(condition, mutex, &time) != ETIMEDOUT else {
                // Whoever comes next may be first now.
                pthread_cond_broadcast(condition)
                throw StoreError.locked
            }
        }
        state.pointee.isTaken = true
    }

    /// Goes on if nobody else is at work or waits.
    func enterIfFree() -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !state.pointee.isTaken, state.pointee.waiting.isEmpty else { return false }
        state.pointee.isTaken = true
        return true
    }

    func leave() {
        pthread_mutex_lock(mutex)
        state.pointee.isTaken = false
        if !state.pointee.waiting.isEmpty { pthread_cond_broadcast(condition) }
        pthread_mutex_unlock(mutex)
    }
}

/// A moment on the clock that goes on evenly.
struct Deadline {
    let time: timespec

    init(in seconds: Double) {
        var time = Self.now
        let nanoseconds = Int(time.tv_nsec) + Int(min(max(seconds, 0), 1e9) * 1e9)
        time.tv_sec += nanoseconds / 1_000_000_000
        time.tv_nsec = nanoseconds % 1_000_000_000
        self.time = time
    }

    /// Milliseconds until then; zero if it has passed.
    var millisecondsLeft: Int32 {
        let now = Self.now
        let left = (time.tv_sec - now.tv_sec) * 1000 + (time.tv_nsec - now.tv_nsec) / 1_000_000
        return Int32(clamping: max(0, left))
    }

    private static var now: timespec {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time
    }
}
