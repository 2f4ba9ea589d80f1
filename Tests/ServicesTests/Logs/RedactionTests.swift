import Logging
import Services
import Synchronization
import Testing

@Suite("Secrets stay out of logs")
struct RedactionTests {
    @Test(
        "what follows the name of a secret is masked, however it is written",
        arguments: [
            ("GET /api/v3_0/assets?auth_token=abc123&page=1", "GET /api/v3_0/assets?auth_token=***&page=1"),
            ("Authorization: Bearer abc", "Authorization: ***"),
            ("authorization: Basic dTpw, retried", "authorization: ***"),
            ("AUTHORIZATION=abc def", "AUTHORIZATION=***"),
            ("sent bearer abc.def to x", "sent bearer *** to x"),
            ("http://x/reset/abc opened", "http://x/reset/*** opened"),
            (#"{"password": "a b\"c", "email": "e"}"#, #"{"password": "***", "email": "e"}"#),
            (#"{"Auth_Token":"abc"}"#, #"{"Auth_Token":"***"}"#),
            (#""{\"password\": \"abc\"}""#, #""{\"password\": \"***"#),
            ("password='a b', user=una", "password='***', user=una"),
            ("my_token=abc;x", "my_token=***;x"),
            ("Cookie: session=1; token=2\nHost: a", "Cookie: ***\nHost: a"),
        ])
    func masks(text: String, expected: String) {
        let redacted = Redaction.text(text)
        #expect(redacted.hasPrefix(expected), "\(redacted)")
        #expect(!redacted.contains("abc") && !redacted.contains("dTpw"))
    }

    @Test(
        "whatever hides nothing stays as it is",
        arguments: ["nothing to hide", "3 tokens expired", "token", "password:", "a/reset/"])
    func leaves(text: String) {
        #expect(Redaction.text(text) == text)
    }

    @Test("messages, fields and nested fields of a log line are masked")
    func handler() {
        let sink = Sink()
        var logger = Logger(label: "test") { _ in RedactingLogHandler(sink) }
        logger.logLevel = .trace
        logger.info(
            "POST /reset/abc",
            metadata: [
                "auth_token": "abc", "Set-Cookie": "abc", "path": "/x?token=abc", "list": ["password=abc"],
                "more": ["new_password": "abc", "id": "7"],
            ])
        #expect(
            sink.text.contains("/reset/***") && sink.text.contains("7") && !sink.text.contains("abc"), "\(sink.text)")
    }
}

/// Keeps what reaches it.
private final class Lines: Sendable {
    let all = Mutex<[String]>([])
}

private struct Sink: LogHandler {
    private let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace
    var text: String { lines.all.withLock { $0.joined(separator: "\n") } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.all.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
}
