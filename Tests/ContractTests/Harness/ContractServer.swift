import APIServer
import EnergyCore
import Logging
import NIOPosix
import Services
import Store
import Synchronization

/// A whole server on a store of its own that holds the world of the recordings.
struct ContractServer {
    let services: FlexServices
    let responder: APIResponder
    let clock: MovableClock

    /// In memory, with cheap passwords; jobs run when a test says so.
    static func start(_ settings: APISettings = APISettings()) async throws -> ContractServer {
        let clock = MovableClock()
        var serviceSettings = ServiceSettings()
        serviceSettings.timezone = "Europe/Amsterdam"
        serviceSettings.access.passwordCost = .testing
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let services = FlexServices(
            store: try Store(path: ":memory:"), settings: serviceSettings, clock: clock, logger: logger)
        _ = try services.world.importWorld(.object(try Recordings.world()), as: .host)
        var apiSettings = settings
        // Jobs run when the test says so; waiting for them would take the whole time.
        apiSettings.resultPatience = .zero
        let responder = APIResponder.build(services: services, settings: apiSettings, logger: logger)
        return ContractServer(services: services, responder: responder, clock: clock)
    }

    var client: RouterClient { RouterClient(responder: responder) }

    /// The published operations.
    var operations: [(method: String, path: String)] { responder.operations }

    func replayWorld() async throws -> ReplayWorld {
        try await ReplayWorld(try Recordings.world(), client: client)
    }

    /// A token that was good seven hours ago.
    func expiredToken(of user: String) async throws -> String {
        clock.shift(by: .hours(-7))
        defer { clock.shift(by: .hours(7)) }
        return try await replayWorld().token(user)
    }
}

/// The present, moved by hand.
final class MovableClock: WallClock {
    private let offset = Mutex(TimeSpan.zero)
    private let stoppedAt = Mutex<Instant?>(nil)

    var now: Instant { (stoppedAt.withLock { $0 } ?? SystemClock().now) + offset.withLock { $0 } }

    var uptime: TimeSpan { SystemClock().uptime }

    func shift(by span: TimeSpan) { offset.withLock { $0 = $0 + span } }

    /// From now on only `shift` moves it, however slow the machine is.
    func stop() { stoppedAt.withLock { $0 = SystemClock().now } }
}

/// Threads for the operations of all servers under test.
enum Workers {
    static let shared: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 8)
        pool.start()
        return pool
    }()
}
