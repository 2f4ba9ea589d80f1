import Dispatch
import Foundation
import Synchronization

/// Ctrl-C as a flag that work can ask for, while it lives.
struct StopSignal {
    /// Raised by Ctrl-C.
    final class Flag: Sendable {
        private let raised = Atomic(false)

        var isRaised: Bool { raised.load(ordering: .relaxed) }
        func raise() { raised.store(true, ordering: .relaxed) }
    }

    let flag = Flag()
    private let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())

    init() {
        signal(SIGINT, SIG_IGN)
        source.setEventHandler { [flag] in flag.raise() }
        source.resume()
    }

    /// From now on Ctrl-C ends the program again.
    func end() {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
}
