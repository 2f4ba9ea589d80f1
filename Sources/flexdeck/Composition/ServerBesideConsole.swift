import APIServer
import Logging
import Services

/// The API on background threads of a console, and what the header says about it.
struct ServerBesideConsole: Sendable {
    private let server: BackgroundServer
    /// An address, or why there is none.
    let text: String
    let isServing: Bool

    /// Starts serving and waits until it is known whether that worked.
    static func start(_ services: FlexServices, _ settings: ProgramSettings, _ logger: Logger) async
        -> ServerBesideConsole
    {
        let server = BackgroundServer(
            services: services, settings: settings.api, host: settings.host, port: settings.port, logger: logger)
        server.start()
        while case .starting = server.state { try? await Task.sleep(for: .milliseconds(1)) }
        switch server.state {
        case .serving(let port): return ServerBesideConsole(server: server, text: ":\(port)", isServing: true)
        case .failed(let reason):
            logger.warning("the API is not served", metadata: ["reason": "\(reason)"])
            return ServerBesideConsole(server: server, text: "off: \(reason)", isServing: false)
        case .starting, .stopped: return ServerBesideConsole(server: server, text: "off", isServing: false)
        }
    }

    func stop() async {
        if isServing { await server.stop() }
    }
}
