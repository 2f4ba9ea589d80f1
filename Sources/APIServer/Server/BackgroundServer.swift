import Logging
import ServiceLifecycle
import Services
import Synchronization

/// The server beside something else, such as the console.
package final class BackgroundServer: Sendable {
    /// How the server is doing.
    package enum State: Sendable {
        case starting
        case serving(port: Int)
        /// It could not start, or it broke.
        case failed(String)
        case stopped
    }

    private let current: Box
    private let group: ServiceGroup
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// - Parameter more: services that live and end with the server.
    package init(
        services: FlexServices, settings: APISettings = APISettings(), host: String = "127.0.0.1", port: Int = 5000,
        alongside more: [any Service] = [], logger: Logger
    ) {
        let box = Box()
        current = box
        let server = APIServer(
            services: services, settings: settings, host: host, port: port, logger: logger,
            onReady: { box.set(.serving(port: $0)) })
        var configuration = ServiceGroupConfiguration(services: more + [server], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        group = ServiceGroup(configuration: configuration)
    }

    /// Holds the state, as the server reports to it before this object is complete.
    private final class Box: Sendable {
        private let state = Mutex(State.starting)

        func set(_ new: State) { state.withLock { $0 = new } }
        var value: State { state.withLock { $0 } }
    }

    package var state: State { current.value }

    /// Starts serving and returns at once.
    package func start() {
        let running = Task.detached { [group, current] in
            do {
                try await group.run()
                current.set(.stopped)
            } catch {
                current.set(.failed("\(error)"))
            }
        }
        task.withLock { $0 = running }
    }

    /// Answers what is in flight, then ends.
    package func stop() async {
        await group.triggerGracefulShutdown()
        await task.withLock { $0 }?.value
    }
}
