import EnergyCore
import Services
import TerminalKit

/// How the server does, by name.
enum ServerFacts {
    static func all(_ apiText: String, _ data: ConsoleData) throws -> [(String, String)] {
        let records = try data.records()
        var facts = [("API", apiText.isEmpty ? "off" : apiText)]
        facts += requests(data.services.requests.figures)
        // How much there is of all accounts together is the business of those who may read them.
        if data.caller.readsEverything {
            facts += try store(data.services.housekeeping.figures())
            let held = [
                (records.accounts.count, "accounts"), (records.users.count, "users"),
                (records.sources.count, "sources"),
            ]
            facts.append(("holds", held.map { "\($0) \($1)" }.joined(separator: "  ")))
        }
        facts += [
            ("time zone", data.services.settings.timezone),
            ("workers", String(data.services.settings.jobs.workers)),
        ]
        for (queue, states) in try data.services.jobs.counts().sorted(by: { $0.key < $1.key }) {
            let text = states.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.name) \($0.value)" }
            facts.append(("jobs \(queue)", text.joined(separator: "  ")))
        }
        return facts
    }

    /// Nothing before the first request: a console alone answers none.
    private static func requests(_ figures: RequestMeter.Figures) -> [(String, String)] {
        guard let median = figures.median, let high = figures.high else { return [] }
        func time(_ milliseconds: Double) -> String { "\(NumberFormat.significant(milliseconds, digits: 2)) ms" }
        var facts = [
            ("requests", "\(figures.requests)  failed \(figures.failures)  in the last minute \(figures.lastMinute)"),
            ("answers", "half within \(time(median))  99 % within \(time(high))"),
        ]
        if let slowest = figures.slowest, let longest = figures.slowestTime {
            facts.append(("slowest", "\(slowest)  \(time(longest))"))
        }
        return facts
    }

    private static func store(_ figures: StoreFigures) -> [(String, String)] {
        let size = figures.fileSize.map { "  \(bytes($0))" } ?? ""
        let log = figures.logSize.map { "  log \(bytes($0))" } ?? ""
        return [
            (
                "store",
                "\(figures.path.split(separator: "/").last ?? "")\(size)\(log)  \(count(figures.beliefs)) beliefs"
            )
        ]
    }

    private static func bytes(_ count: Int) -> String {
        count < 1_000_000 ? "\(count / 1000) kB" : "\(NumberFormat.significant(Double(count) / 1e6)) MB"
    }

    private static func count(_ number: Int) -> String {
        number < 1_000_000 ? String(number) : "\(NumberFormat.significant(Double(number) / 1e6)) M"
    }
}
