import EnergyCore

/// What an operator can configure about the services. The executable fills it from flags, environment and files.
package struct ServiceSettings: Hashable, Sendable {
    /// IANA name: default zone of new users and sensors, and of "today".
    package var timezone = "UTC"
    package var access = Access()
    package var data = Data()
    package var planning = Planning()
    package var jobs = Jobs()
    package var mail = Mail()
    package var forecasts = Forecasts()
    /// No service writes anything.
    package var readOnly = false
    /// Name of the source under which schedules, forecasts and reports are recorded.
    package var defaultSourceName = "FlexMeasures"
    /// `play` and `demo` let charts show sensors of any account.
    package var mode = ""
    /// Host name to the month (`2021-01`) from which it was held, for entity addresses.
    package var hostsAndAuthStart = ["flexmeasures.io": "2021-01"]
    /// How clients reach this server, for links in mails; without a trailing slash.
    package var publicURL = "http://127.0.0.1:5000"
    package var platformName = "FlexMeasures"

    package init() {}

    /// Signing in.
    package struct Access: Hashable, Sendable {
        package var tokenLifetime = TimeSpan.hours(6)
        package var resetLinkLifetime = TimeSpan.days(1)
        package var minimumPasswordLength = 8
        /// So many wrong passwords for one address are free; then each costs a growing wait.
        package var freeSignInFailures = 5
        /// The longest wait between two tries.
        package var longestSignInWait = TimeSpan.minutes(5)
        package var passwordCost = PasswordCost.standard

        package init() {}
    }

    /// Work spent on hashing one password.
    package struct PasswordCost: Hashable, Sendable {
        package var passes: UInt64
        package var memoryBytes: Int

        package init(passes: UInt64, memoryBytes: Int) {
            self.passes = passes
            self.memoryBytes = memoryBytes
        }

        /// 19 MiB, two passes: the least that is recommended for Argon2id, about 30 ms.
        package static let standard = PasswordCost(passes: 2, memoryBytes: 19 << 20)
        /// For stores that live as long as a test.
        package static let testing = PasswordCost(passes: 1, memoryBytes: 8192)
    }

    /// Recording data.
    package struct Data: Hashable, Sendable {
        /// Values may replace others of the same source, event and belief time.
        package var allowOverwrite = false

        package init() {}
    }

    /// The longest time that may be planned ahead.
    package enum LongestHorizon: Hashable, Sendable {
        /// In steps of the sensor's resolution.
        case steps(Int)
        case span(TimeSpan)
        case unlimited
    }

    /// Schedules.
    package struct Planning: Hashable, Sendable {
        package var horizon = TimeSpan.days(2)
        package var longestHorizon = LongestHorizon.steps(2520)

        package init() {}
    }

    /// Background work.
    package struct Jobs: Hashable, Sendable {
        /// How long a job may wait in the queue; nil: for ever.
        package var waitingLifetime: TimeSpan? = .days(1)
        /// How long a finished job and its result can be asked for; nil: for ever.
        package var resultLifetime: TimeSpan? = .days(7)
        /// How long an equal request is answered with the same job.
        package var sameRequestLifetime = TimeSpan.hours(1)
        /// Worker threads; 0: this process runs no jobs.
        package var workers = 2
        /// A job whose worker shows no sign of life for so long is given to another.
        package var lease = TimeSpan.seconds(30)
        /// How often a job is started before it counts as failed because its workers died.
        package var attempts = 3

        package init() {}
    }

    /// Forecasts.
    package struct Forecasts: Hashable, Sendable {
        package var trainingPeriod = TimeSpan.days(30)

        package init() {}
    }

    /// How mails leave the house. Without a transport they stay in the outbox.
    package struct Mail: Hashable, Sendable {
        /// The way out.
        package enum Transport: Hashable, Sendable {
            case outboxOnly
            /// A command that takes the message on its standard input, as `/usr/sbin/sendmail -t`.
            case command([String])
            case smtp(host: String, port: Int, username: String?, password: String?)
        }

        package var transport = Transport.outboxOnly
        package var senderName = "FlexMeasures"
        package var senderAddress = "no-reply@example.com"

        package init() {}
    }
}
