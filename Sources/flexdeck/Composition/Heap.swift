import Foundation

/// How the C library keeps memory.
enum Heap {
    private enum Setting: CInt {
        case trimThreshold = -1
        case mapThreshold = -3
        case arenaMaximum = -8
    }

    /// Lets all threads share two heaps, which give back what is free at their ends. With one heap per thread, as is the
    /// custom, each keeps what its thread once needed: a third of the memory of a server that has sent long answers.
    /// C libraries that do not know the settings do not need them.
    static func keepSmall() {
        typealias Function = @convention(c) (CInt, CInt) -> CInt
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let set = unsafeBitCast(symbol, to: Function.self)
        _ = set(Setting.arenaMaximum.rawValue, 2)
        _ = set(Setting.trimThreshold.rawValue, 2 << 20)
        // Long answers come from the heap, too: mapping memory for each of them costs more than it saves.
        _ = set(Setting.mapThreshold.rawValue, 8 << 20)
    }
}
