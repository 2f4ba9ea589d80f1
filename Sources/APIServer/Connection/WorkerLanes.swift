import NIOPosix

/// The threads that answer requests which may wait. Reading, changing and checking passwords have threads of their own,
/// so that neither a store that another process has locked nor a flood of sign-ins keeps the others from being answered.
struct WorkerLanes: Sendable {
    /// What a request mostly waits for.
    enum Lane: Sendable {
        case reading, changing, passwords
    }

    private let reading: NIOThreadPool
    private let changing: NIOThreadPool
    private let passwords: NIOThreadPool

    /// Starts the threads; `count` of them read.
    init(count: Int) {
        reading = NIOThreadPool(numberOfThreads: count)
        changing = NIOThreadPool(numberOfThreads: max(1, count / 2))
        // As many as may be checked at once.
        passwords = NIOThreadPool(numberOfThreads: 2)
        for pool in [reading, changing, passwords] { pool.start() }
    }

    subscript(lane: Lane) -> NIOThreadPool {
        switch lane {
        case .reading: reading
        case .changing: changing
        case .passwords: passwords
        }
    }

    func shutDown() async throws {
        for pool in [reading, changing, passwords] { try await pool.shutdownGracefully() }
    }
}

extension OpenRequest {
    var lane: WorkerLanes.Lane {
        guard case .route(let route, _) = outcome else { return .reading }
        if route.checksPasswords { return .passwords }
        return route.method == .get ? .reading : .changing
    }
}
