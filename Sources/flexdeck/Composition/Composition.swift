import EnergyCore
import Foundation
import Logging
import Services
import Store
import Synchronization

/// Builds the program from its parts.
enum Composition {
    /// Opens the store and puts the services on it.
    /// - Parameter readsAtLeast: a store that cannot be written to is opened for reading.
    /// - Throws: `StoreError`.
    static func services(
        _ settings: ProgramSettings, logger: Logger, readsAtLeast: Bool = false
    ) throws -> FlexServices {
        var storeSettings = StoreSettings()
        storeSettings.isReadOnly = settings.readOnly
        storeSettings.patience = Double(settings.limits.patience)
        let store: Store
        do {
            store = try Store(path: settings.database, settings: storeSettings)
        } catch StoreError.readOnly where readsAtLeast && !settings.readOnly {
            storeSettings.isReadOnly = true
            store = try Store(path: settings.database, settings: storeSettings)
        }
        var serviceSettings = settings.services
        serviceSettings.readOnly = store.settings.isReadOnly
        if !settings.given.contains("timezone"),
            let zone = try store.read({ try $0.serverValue("timezone") })?.stringValue
        {
            serviceSettings.timezone = zone
        }
        return FlexServices(store: store, settings: serviceSettings, clock: SystemClock(), logger: logger)
    }

    /// The program's logger: no secret gets past it, whatever a caller hands it.
    static func logger(_ handler: some LogHandler) -> Logger {
        Logger(label: "flexdeck") { _ in RedactingLogHandler(handler) }
    }

    /// Whose rights a console has: a user's, or without a name those of the machine's operator.
    static func caller(named name: String?, _ services: FlexServices) throws -> Caller {
        guard let name else { return .host(.console) }
        let users = try services.context.records().users.values
        guard let user = users.first(where: { $0.username == name || $0.email == name }), user.isActive else {
            throw CommandFailure("There is no active user '\(name)'.")
        }
        return Caller(user: user, origin: .console)
    }

    /// Says so when the API is open to the network: whatever crosses it can be read on the way.
    static func warnWhenOpen(_ settings: ProgramSettings, _ logger: Logger) {
        let loopback = ["127.0.0.1", "::1", "localhost"]
        guard !loopback.contains(settings.host) else { return }
        logger.warning(
            "the API is open to the network without TLS; put a proxy with TLS before it ('flexdeck help security')",
            metadata: ["host": "\(settings.host)"])
    }

    /// For commands that only use the store and say what they did themselves.
    static func services(_ options: StoreOptions) throws -> FlexServices {
        try quietServices(try options.settings())
    }

    static func quietServices(_ settings: ProgramSettings, readsAtLeast: Bool = false) throws -> FlexServices {
        var settings = settings
        // Nobody waits for an answer of ours: better late than refused.
        if !settings.given.contains("store-patience") { settings.limits.patience = 60 }
        let logger = Logger(label: "flexdeck") { _ in SilentLog() }
        let services = try services(settings, logger: logger, readsAtLeast: readsAtLeast)
        ofCommands.withLock { $0.append(services) }
        return services
    }

    /// What commands have opened; kept, as they may end anywhere by throwing.
    private static let ofCommands = Mutex<[FlexServices]>([])

    /// Leaves every store as one file: the last one to close it folds its log in.
    static func closeStoresOfCommands() {
        for services in ofCommands.withLock({ $0 }) { try? services.context.store.close() }
    }
}

/// Keeps quiet: commands report on their own.
struct SilentLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.critical

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {}
}
