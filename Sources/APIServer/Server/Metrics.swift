import Synchronization

/// Counts requests and their durations per operation, for monitoring.
final class Metrics: Sendable {
    private struct Key: Hashable {
        var method: String
        var path: String
        var status: Int
    }

    private struct Entry {
        var count = 0
        var seconds = 0.0
    }

    private let entries = Mutex<[Key: Entry]>([:])

    /// Notes one answered request.
    func note(method: String, path: String, status: Int, duration: Duration) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        entries.withLock { entries in
            let key = Key(method: method, path: path, status: status)
            var entry = entries[key] ?? Entry()
            entry.count += 1
            entry.seconds += seconds
            entries[key] = entry
        }
    }

    /// All counters in the text format of Prometheus.
    func text() -> String {
        let sorted = entries.withLock { $0 }.sorted { a, b in
            (a.key.path, a.key.method, a.key.status) < (b.key.path, b.key.method, b.key.status)
        }
        var lines = ["# TYPE flexdeck_http_requests_total counter"]
        func labels(_ key: Key) -> String {
            "{method=\"\(key.method)\",path=\"\(key.path)\",status=\"\(key.status)\"}"
        }
        lines += sorted.map { "flexdeck_http_requests_total\(labels($0.key)) \($0.value.count)" }
        lines.append("# TYPE flexdeck_http_request_seconds_total counter")
        lines += sorted.map { "flexdeck_http_request_seconds_total\(labels($0.key)) \($0.value.seconds)" }
        return lines.joined(separator: "\n") + "\n"
    }
}
