import Logging

/// Takes secrets out of what is logged.
package enum Redaction {
    static let mask = "***"

    /// The text without tokens, passwords and reset links.
    package static func text(_ text: String) -> String {
        var scan = SecretScan(text)
        return scan.masked()
    }

    /// Whether a value of that name is a secret.
    package static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return SecretScan.names.contains(name) || name.hasSuffix("token") || name.hasSuffix("cookie")
            || name.contains("password") || name.contains("secret")
    }
}

/// Hands log lines on without the secrets in them.
package struct RedactingLogHandler: LogHandler {
    private var base: any LogHandler

    package init(_ base: any LogHandler) {
        self.base = base
    }

    package var logLevel: Logger.Level {
        get { base.logLevel }
        set { base.logLevel = newValue }
    }

    package var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = newValue }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { base[metadataKey: key] }
        set { base[metadataKey: key] = newValue }
    }

    /// Logs the event without its secrets.
    package func log(event: LogEvent) {
        var event = event
        event.message = "\(Redaction.text(event.message.description))"
        event.metadata = event.metadata.map(Self.redacted)
        base.log(event: event)
    }

    private static func redacted(_ metadata: Logger.Metadata) -> Logger.Metadata {
        var result: Logger.Metadata = [:]
        for (name, value) in metadata {
            result[name] = Redaction.isSecret(name) ? "\(Redaction.mask)" : redacted(value)
        }
        return result
    }

    private static func redacted(_ value: Logger.Metadata.Value) -> Logger.Metadata.Value {
        switch value {
        case .string(let text): .string(Redaction.text(text))
        case .stringConvertible(let value): .string(Redaction.text(value.description))
        case .array(let values): .array(values.map(redacted))
        case .dictionary(let metadata): .dictionary(redacted(metadata))
        }
    }
}
