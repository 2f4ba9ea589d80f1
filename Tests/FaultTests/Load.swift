import Foundation
import Synchronization
import TestSupport

/// Clients that write to servers as fast as they are answered, until they are told to stop or the servers are gone.
final class Load: Sendable {
    private let isStopped = Mutex(false)
    private let group = DispatchGroup()
    private let world: FaultWorld
    private let ledger: Ledger

    init(_ world: FaultWorld, _ ledger: Ledger) {
        self.world = world
        self.ledger = ledger
    }

    /// Posts, uploads and requests for plans, each from clients of their own.
    func start(on server: ServingProgram) {
        for meter in FaultWorld.meters {
            client { [world, ledger] in
                try world.post(ledger.newWrite(to: meter, count: 96), to: server, ledger)
            }
        }
        client { [world, ledger] in
            try world.upload(ledger.newWrite(to: FaultWorld.uploads, count: 400), to: server, ledger)
        }
        client { [world, ledger] in
            try world.trigger(ledger.newWrite(to: "power", count: 16), at: server, ledger)
        }
    }

    /// Waits until all clients have noticed that it is over.
    func stop() {
        isStopped.withLock { $0 = true }
        group.wait()
    }

    private func client(_ work: @escaping @Sendable () throws -> Void) {
        group.enter()
        Thread.detachNewThread { [self] in
            defer { group.leave() }
            // A request that fails is that of a server that was killed.
            while !isStopped.withLock({ $0 }), (try? work()) != nil {}
        }
    }
}
