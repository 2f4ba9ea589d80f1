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
    var servesMetrics = false
    var services = ServiceSettings()
    /// Names of the settings that were given, wherever.
    var given: Set<String> = []

    /// What the API's side is built with.
    var api: APISettings {
        var api = APISettings()
        api.corsOrigins = corsOrigins
        api.maximumUpload = largestBody
        api.servesMetrics = servesMetrics
        api.swaggerFolder = SharedFiles.folder("web/swagger-ui")
        return api
    }

    enum LogFormat: String, Sendable {
        case text, json
    }
}
