import APIServer
import Services

/// Everything an operator can configure: what the services need, and how this process runs.
struct ProgramSettings: Sendable {
    var database = "flexdeck.db"
    var host = "127.0.0.1"
    var port = 5000
    var servesInConsole = true
    var readOnly = false
    /// User name or email whose rights the console has; nil: the operator of the machine.
    var user: String?
    var theme: String?
    /// Folders with further theme files.
    var themesFolder: String?
    var usesASCII = false
    var usesColor = true
    var usesMouse = false
    var logLevel = "info"
    var logFormat = LogFormat.text
    var corsOrigins: [String] = []
    /// Largest body of an upload, in bytes.
    var largestBody = 128 << 20
    /// The other limits of the API.
    var limits = Limits()
    var servesMetrics = false
    var services = ServiceSettings()
    /// Names of the settings that were given, wherever.
    var given: Set<String> = []

    /// What the API's side is built with.
    var api: APISettings {
        var api = APISettings()
        api.corsOrigins = corsOrigins
        api.maximumUpload = largestBody
        api.maximumBody = min(limits.request, largestBody)
        api.maximumHeaders = limits.headers
        api.maximumConnections = limits.connections
        api.bodyTimeout = .seconds(limits.bodySeconds)
        api.idleTimeout = .seconds(limits.idleSeconds)
        api.workers = limits.threads
        api.queuePatience = .seconds(limits.patience)
        api.servesMetrics = servesMetrics
        api.swaggerFolder = SharedFiles.folder("web/swagger-ui")
        return api
    }

    /// What clients may ask of the server, and how long others may keep it waiting.
    struct Limits: Sendable {
        /// Bytes of a body that is no upload.
        var request = 16 << 20
        /// Bytes of all headers.
        var headers = 64 << 10
        var connections = 10_000
        var bodySeconds = 60
        var idleSeconds = 75
        var threads = 8
        /// Seconds that a change waits for others.
        var patience = 10
    }

    enum LogFormat: String, Sendable {
        case text, json
    }
}
