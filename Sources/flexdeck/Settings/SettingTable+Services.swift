import EnergyCore
import Services

extension Setting {
    /// The settings of the services. The aliases are those that users of FlexMeasures know.
    static let services: [Setting] = [
        Setting("timezone", aliases: ["FLEXMEASURES_TIMEZONE"], "zone of new users and sensors (IANA name)") {
            $1.services.timezone = $0
        },
        Setting(
            "token-lifetime", aliases: ["SECURITY_TOKEN_MAX_AGE"], "how long a token is valid, in seconds or as PT6H"
        ) {
            text, settings throws(SettingError) in
            settings.services.access.tokenLifetime = try span(text)
        },
        Setting(
            "planning-horizon", aliases: ["FLEXMEASURES_PLANNING_HORIZON"], "default length of schedules and forecasts"
        ) {
            text, settings throws(SettingError) in
            settings.services.planning.horizon = try span(text)
        },
        Setting(
            "longest-horizon", aliases: ["FLEXMEASURES_MAX_PLANNING_HORIZON"],
            "longest time that is planned ahead: a number of steps, a duration, or none"
        ) { text, settings throws(SettingError) in
            settings.services.planning.longestHorizon = try longestHorizon(text)
        },
        Setting(
            "allow-overwrite", aliases: ["FLEXMEASURES_ALLOW_DATA_OVERWRITE"],
            "whether posted values may replace others with the same belief time"
        ) { text, settings throws(SettingError) in
            settings.services.data.allowOverwrite = try boolean(text)
        },
        Setting("job-lifetime", aliases: ["FLEXMEASURES_JOB_TTL"], "how long a job may wait, or none") {
            text, settings throws(SettingError) in
            settings.services.jobs.waitingLifetime = try optionalSpan(text)
        },
        Setting("result-lifetime", aliases: ["FLEXMEASURES_PLANNING_TTL"], "how long results are kept, or none") {
            text, settings throws(SettingError) in
            settings.services.jobs.resultLifetime = try optionalSpan(text)
        },
        Setting(
            "same-request-lifetime", aliases: ["FLEXMEASURES_JOB_CACHE_TTL"],
            "how long an equal schedule request is answered with the same job"
        ) { text, settings throws(SettingError) in
            settings.services.jobs.sameRequestLifetime = try span(text)
        },
        Setting(
            "workers", "threads that run jobs; 0 leaves them to another process", \.services.jobs.workers, in: 0...64,
            "a number from 0 to 64"),
        Setting(
            "source-name", aliases: ["FLEXMEASURES_DEFAULT_DATASOURCE"],
            "name under which schedules and forecasts are recorded"
        ) { $1.services.defaultSourceName = $0 },
        Setting("mode", aliases: ["FLEXMEASURES_MODE"], "play or demo: charts may show sensors of any account") {
            $1.services.mode = $0
        },
        Setting("public-url", "how clients reach this server, for links in mails") { $1.services.publicURL = $0 },
        Setting(
            "sendmail", "command that takes a mail on its standard input; without a transport mails stay in the outbox"
        ) {
            $1.services.mail.transport = .command($0.split(separator: " ").map(String.init))
        },
        Setting("smtp", "HOST:PORT, or USER:PASSWORD@HOST:PORT, of the mail server") {
            text, settings throws(SettingError) in
            settings.services.mail.transport = try smtp(text)
        },
        Setting("mail-sender", "address from which mails are sent") { $1.services.mail.senderAddress = $0 },
    ]

    /// Seconds, an ISO 8601 duration without months, or the words `2 days`, `6 hours`.
    private static func span(_ text: String) throws(SettingError) -> TimeSpan {
        let refusal = SettingError(expected: "a duration such as PT6H, P2D, or a number of seconds")
        if let seconds = Int64(text) {
            guard 0...Int64(1e10) ~= seconds else { throw refusal }
            return .seconds(seconds)
        }
        guard let duration = try? ISODuration(parsing: text), !duration.isNominal else { throw refusal }
        return duration.span
    }

    private static func optionalSpan(_ text: String) throws(SettingError) -> TimeSpan? {
        text == "none" || text.hasPrefix("-") ? nil : try span(text)
    }

    private static func longestHorizon(_ text: String) throws(SettingError) -> ServiceSettings.LongestHorizon {
        if text == "none" { return .unlimited }
        if let steps = Int(text), steps > 0 { return .steps(steps) }
        return .span(try span(text))
    }

    private static func smtp(_ text: String) throws(SettingError) -> ServiceSettings.Mail.Transport {
        let refusal = SettingError(expected: "HOST:PORT or USER:PASSWORD@HOST:PORT")
        let at = text.lastIndex(of: "@")
        let address = (at.map { text[text.index(after: $0)...] } ?? text[...]).split(separator: ":")
        guard let host = address.first, let port = address.count == 1 ? 25 : Int(address[1]) else { throw refusal }
        let credentials = at.map { text[..<$0].split(separator: ":", maxSplits: 1).map(String.init) }
        if let credentials, credentials.count != 2 { throw refusal }
        return .smtp(host: String(host), port: port, username: credentials?[0], password: credentials?[1])
    }
}
