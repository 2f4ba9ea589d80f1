import Glibc

/// A mutex with a condition, for threads that sleep until there is work.
package final class Bell: Sendable {
    // Guarded by their own semantics: both are thread-safe C objects at a fixed address.
    private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private nonisolated(unsafe) let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // Waits are not to jump when somebody sets the clock.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` alone, and wakes all sleepers afterwards.
    package func ring<T>(_ body: () -> T) -> T {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return body()
    }

    /// Sleeps until `ready` (asked alone, at every ring) gives a value, or the time is up.
    package func wait<T>(milliseconds: Int? = nil, until ready: () -> T?) -> T? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let deadline = milliseconds.map { Deadline(in: Double($0) / 1000).time }
        while true {
            if let value = ready() { return value }
            guard var deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return ready() }
        }
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
