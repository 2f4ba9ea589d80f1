import EnergyCore

/// What a host can set about the HTTP side.
package struct APISettings: Sendable {
    /// The API level that clients compare with what they need: the newest of which everything that clients use is there.
    package var announcedVersion = "1.0.1"
    package var tokenHeader = "Authorization"
    /// Origins of web pages that may call the API; `*` allows every origin.
    package var corsOrigins: [String] = []
    package var corsSupportsCredentials = true
    /// Bytes of a body.
    package var maximumBody = 16 << 20
    /// Bytes of an uploaded file.
    package var maximumUpload = 64 << 20
    /// Bytes of all headers of a request.
    package var maximumHeaders = 64 << 10
    /// How long a client may take to send a body.
    package var bodyTimeout = Duration.seconds(60)
    /// How long a connection may be silent.
    package var idleTimeout = Duration.seconds(75)
    package var maximumConnections = 10_000
    /// How many reading requests may work at the same time, and half as many that change something; others wait.
    package var workers = 8
    /// How long a request that changes something may wait for others before it is refused.
    package var queuePatience = Duration.seconds(10)
    /// How long a request for the result of a job may wait for it before it is answered with "not yet".
    package var resultPatience = Duration.milliseconds(1500)
    package var rateLimits = RateLimits()
    /// Whether `/metrics` answers.
    package var servesMetrics = false
    /// Folder with the files of Swagger UI; without it the description is shown as a plain page.
    package var swaggerFolder: String?
    /// Folder with the scripts of Vega, by default beside that of Swagger UI; without it the page with charts says so.
    package var vegaFolder: String? {
        get { ownVegaFolder ?? swaggerFolder.map { $0 + "/../vega" } }
        set { ownVegaFolder = newValue }
    }
    private var ownVegaFolder: String?

    package init() {}

    /// Requests per window of time; nil switches a limit off.
    package struct RateLimits: Sendable {
        package var requestsPerMinute: Int?
        package var triggersPerFiveMinutes: Int?

        package init() {}

        /// What newer servers of the reference apply.
        package static let usual: RateLimits = {
            var limits = RateLimits()
            limits.requestsPerMinute = 500
            limits.triggersPerFiveMinutes = 10
            return limits
        }()
    }
}
