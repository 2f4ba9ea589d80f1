import Foundation

/// How the C library keeps memory.
enum Heap {
    /// Lets all threads share two heaps. With one heap per thread, as is the custom, each keeps what its thread once
    /// needed: a quarter of the memory of a server. C libraries that do not know the setting do not need it.
    static func shareAmongThreads() {
        typealias Setting = @convention(c) (CInt, CInt) -> CInt
        let arenaMaximum: CInt = -8
        guard let symbol = dlsym(nil, "mallopt") else { return }
        _ = unsafeBitCast(symbol, to: Setting.self)(arenaMaximum, 2)
    }
}
