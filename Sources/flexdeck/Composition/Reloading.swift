import APIServer
import Logging
import Services
import UnixSignals

/// Reads the settings again on SIGHUP. What concerns the start (store, address, port, zone, workers, log format) stays as it is.
struct Reloading: Sendable {
    let server: APIServer
    let services: FlexServices
    let log: EventLog
    let logger: Logger
    let reread: @Sendable () throws -> ProgramSettings

    /// Waits for signals until its task is cancelled.
    func run() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) { reload() }
    }

    private func reload() {
        do {
            let settings = try reread()
            log.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
            server.live.current = settings.api
            services.apply(settings.services)
            logger.info("the settings were read again")
        } catch {
            logger.error("the settings stay as they are", metadata: ["reason": "\(error)"])
        }
    }
}
