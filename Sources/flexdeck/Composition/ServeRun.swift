import APIServer
import Console
import EnergyCore
import Foundation
import Logging
import ServiceLifecycle
import Services
import Store
import UnixSignals

/// The program without a terminal: API and job runner until a signal ends it.
struct ServeRun {
    let settings: ProgramSettings
    /// Puts the settings together once more.
    let reread: @Sendable () throws -> ProgramSettings
    /// How long running requests and jobs may take to finish when the program is asked to end.
    private static let patience = Duration.seconds(10)

    func run() async throws {
        let log = EventLog(format: settings.logFormat, level: settings.logLevel)
        let logger = Composition.logger(log)
        let services = try Composition.services(settings, logger: logger)
        logger.info("start", metadata: ["version": "\(Version.current)", "db": "\(settings.database)"])
        Composition.warnWhenOpen(settings, logger)
        services.jobs.runner.start()
        let server = APIServer(
            services: services, settings: settings.api, host: settings.host, port: settings.port, logger: logger
        ) { [settings] port in
            logger.info(
                "listen",
                metadata: ["url": "http://\(settings.host):\(port)", "workers": "\(settings.services.jobs.workers)"])
        }
        var configuration = ServiceGroupConfiguration(
            services: [server], gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle") { _ in SilentLog() })
        configuration.maximumGracefulShutdownDuration = Self.patience
        let reloading = Task {
            await Reloading(server: server, services: services, log: log, logger: logger, reread: reread).run()
        }
        let tidying = Task { await Heap.giveBack() }
        let watching = Task { await AlarmWatch(services).run() }
        defer {
            watching.cancel()
            reloading.cancel()
            tidying.cancel()
        }
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as ServerError {
            logger.error("cannot serve", metadata: ["reason": "\(error)"])
            throw error
        }
        await Self.drain(services)
        let left = services.jobs.runner.runningJobs.count
        try services.context.store.close()
        logger.info("end", metadata: ["jobs": left == 0 ? "all finished" : "\(left) left to another process"])
    }

    /// Lets running jobs finish, off the threads that serve.
    private static func drain(_ services: FlexServices) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                services.close(patienceMilliseconds: Int(patience.components.seconds) * 1000)
                continuation.resume()
            }
        }
    }
}
