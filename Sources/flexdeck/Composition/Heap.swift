import Foundation

/// How the C library keeps memory.
enum Heap {
    private enum Setting: CInt {
        case trimThreshold = -1
        case mapThreshold = -3
        case arenaMaximum = -8
    }

    /// Lets all threads share two heaps. With one heap per thread, as is the custom, each keeps what its thread once
    /// needed: a third of the memory of a server that has sent long answers. C libraries that do not know the settings
    /// do not need them.
    static func keepSmall() {
        typealias Function = @convention(c) (CInt, CInt) -> CInt
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let set = unsafeBitCast(symbol, to: Function.self)
        _ = set(Setting.arenaMaximum.rawValue, 2)
        // Given back and taken again for each long answer, memory costs more than the answer; see `giveBack`.
        _ = set(Setting.trimThreshold.rawValue, 8 << 20)
        // Long answers come from the heap, too: mapping memory for each of them costs more than it saves.
        _ = set(Setting.mapThreshold.rawValue, 8 << 20)
    }

    /// Gives free memory back to the system until the task is cancelled: whenever the program has had next to nothing to
    /// do for a while, and when it has taken much more since the last time.
    static func giveBack() async {
        typealias Function = @convention(c) (Int) -> CInt
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        let trim = unsafeBitCast(symbol, to: Function.self)
        var used = processorTime
        var isTrimmed = true
        var kept = ownBytes
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            let now = processorTime
            let isQuiet = now - used < 0.01
            used = now
            let hasGrown = ownBytes > kept + growth
            if hasGrown || (isQuiet && !isTrimmed) {
                _ = trim(0)
                kept = ownBytes
            }
            isTrimmed = isQuiet
        }
    }

    /// What may be taken before it is looked for memory to give back, in bytes: a few of the longest answers.
    private static let growth = 4 << 20

    /// Memory that is the program's alone, in bytes; 0 where the system does not say.
    private static var ownBytes: Int {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        guard pages.count > 2, let resident = Int(pages[1]), let shared = Int(pages[2]) else { return 0 }
        return (resident - shared) * sysconf(Int32(_SC_PAGESIZE))
    }

    /// What all threads of the program have used, in seconds.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
