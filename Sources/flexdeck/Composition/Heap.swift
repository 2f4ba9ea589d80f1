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
        // Given back and taken again for each long answer, memory costs more than the answer; see `giveBackWhenQuiet`.
        _ = set(Setting.trimThreshold.rawValue, 8 << 20)
        // Long answers come from the heap, too: mapping memory for each of them costs more than it saves.
        _ = set(Setting.mapThreshold.rawValue, 8 << 20)
    }

    /// Gives free memory back to the system whenever the program has had next to nothing to do for a while, until the
    /// task is cancelled.
    static func giveBackWhenQuiet() async {
        typealias Function = @convention(c) (Int) -> CInt
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        let trim = unsafeBitCast(symbol, to: Function.self)
        var used = processorTime
        var isTrimmed = true
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(2))
            let now = processorTime
            let isQuiet = now - used < 0.02
            used = now
            if isQuiet, !isTrimmed { _ = trim(0) }
            isTrimmed = isQuiet
        }
    }

    /// What all threads of the program have used, in seconds.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
