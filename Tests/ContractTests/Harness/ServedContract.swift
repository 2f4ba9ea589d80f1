import APIServer
import Logging

/// The server of the recordings behind a real socket.
struct ServedContract {
    let server: ContractServer
    let background: BackgroundServer
    let port: Int

    /// Serves on a free port until `stop`.
    static func start(_ settings: APISettings = APISettings()) async throws -> ServedContract {
        let server = try await ContractServer.start(settings)
        let background = BackgroundServer(
            services: server.services, settings: settings, port: 0,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        background.start()
        return ServedContract(server: server, background: background, port: try await background.port())
    }

    var client: SocketClient { SocketClient(port: port) }

    func stop() async { await background.stop() }
}

extension BackgroundServer {
    /// The port, once clients can connect.
    func port() async throws -> Int {
        while true {
            switch state {
            case .serving(let port): return port
            case .failed(let text): throw ReplayError(text: text)
            case .starting, .stopped: await Task.yield()
            }
        }
    }
}
