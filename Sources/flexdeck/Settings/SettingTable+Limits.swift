extension Setting {
    /// What clients may ask of the server.
    static let limits: [Setting] = [
        Setting(
            "largest-request", "largest request body that is neither an upload nor data, in bytes (16777216)",
            \.limits.request, in: 1...(1 << 40), "a number of bytes"),
        Setting(
            "largest-headers", "largest headers of a request, all together, in bytes (65536)",
            \.limits.headers, in: 1_024...(16 << 20), "a number of bytes from 1024 to 16777216"),
        Setting(
            "most-connections", "connections at the same time; further ones wait (10000)",
            \.limits.connections, in: 1...1_000_000, "a number from 1 to 1000000"),
        Setting(
            "body-timeout", "seconds that a request body may take to arrive (60)",
            \.limits.bodySeconds, in: 1...86_400, "a number of seconds from 1 to 86400"),
        Setting(
            "idle-timeout", "seconds of silence after which a connection is closed (75)",
            \.limits.idleSeconds, in: 1...86_400, "a number of seconds from 1 to 86400"),
        Setting(
            "request-threads", "requests that read at the same time, and half as many that change something (8)",
            \.limits.threads, in: 2...256, "a number from 2 to 256"),
        Setting(
            "store-patience", "seconds that a change waits for others before it is refused (10)",
            \.limits.patience, in: 1...3_600, "a number of seconds from 1 to 3600"),
    ]
}
