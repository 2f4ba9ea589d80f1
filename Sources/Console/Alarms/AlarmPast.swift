import EnergyCore
import Services
import TerminalKit

/// What the recorded alarms tell: how many an hour, which come most, how often and how long each was there before.
struct AlarmPast: Hashable, Sendable {
    /// Alarms of one kind on one thing.
    struct Talker: Hashable, Sendable {
        var title: String
        var count: Int
    }

    /// More than so many in ten minutes are more than anybody can take in; so many an hour are fine.
    static let flood = 10
    static let fine = 6
    /// How far back is counted.
    static let reach = TimeSpan.days(30)

    /// How often each subject came, the present time included.
    private(set) var seen: [String: Int] = [:]
    /// The times before, newest first, up to two of each subject.
    private(set) var before: [String: [AlarmRecord]] = [:]
    /// How many came in each of the last 24 clock hours, the present one last.
    private(set) var perHour: [SeriesSample] = []
    private(set) var lastHour = 0
    /// The last time that more came in ten minutes than anybody can take in, within 24 hours.
    private(set) var lastFlood: Instant?
    /// Of the last week, the most frequent first.
    private(set) var talkers: [Talker] = []
    /// What went in the last 24 hours, the latest first.
    private(set) var cleared: [AlarmRecord] = []

    init() {}

    /// - Parameter records: newest first.
    init(_ records: [AlarmRecord], now: Instant, zone: Zone) {
        let records = records.filter { $0.raisedAt <= now }
        for record in records {
            seen[record.subject, default: 0] += 1
            if let end = record.clearedAt, end <= now, before[record.subject, default: []].count < 2 {
                before[record.subject, default: []].append(record)
            }
        }
        countHours(records, now, zone)
        let week = records.filter { now - $0.raisedAt < .days(7) }
        talkers = Dictionary(grouping: week, by: \.subject).values
            .map { Talker(title: "\($0[0].place) \($0[0].title)".trimmed, count: $0.count) }
            .sorted { ($1.count, $0.title) < ($0.count, $1.title) }
        cleared = records.filter { $0.clearedAt.map { $0 <= now && now - $0 < .days(1) } ?? false }
            .sorted { ($0.clearedAt ?? now, $0.id) > ($1.clearedAt ?? now, $1.id) }
    }

    private mutating func countHours(_ records: [AlarmRecord], _ now: Instant, _ zone: Zone) {
        let minutes = TimeSpan.minutes(Int64(zone.local(now).minute)) + .seconds(Int64(zone.local(now).second))
        let first = now - minutes - .hours(23)
        var counts = [Int](repeating: 0, count: 24)
        let times = records.map(\.raisedAt).filter { $0 >= now - .days(1) }.sorted()
        for time in times where time >= first {
            counts[min(23, Int((time - first).microseconds / TimeSpan.hours(1).microseconds))] += 1
        }
        perHour = counts.enumerated().map { index, count in
            SeriesSample(Double(count), from: first + .hours(Int64(index)), to: first + .hours(Int64(index + 1)))
        }
        lastHour = times.count { now - $0 < .hours(1) }
        let last = times.indices.last { $0 >= Self.flood && times[$0] - times[$0 - Self.flood] < .minutes(10) }
        lastFlood = last.map { times[$0] }
    }

    /// `2026-02-03 03:10, 42 min; 2025-12-19 11:00, 3 min`
    func lastTimes(_ subject: String, _ format: TimeFormat) -> String {
        let times = before[subject, default: []].map { record in
            let lasted = record.clearedAt.map { TimeFormat.age($0 - record.raisedAt) } ?? ""
            return "\(format.full(record.raisedAt)), \(lasted)"
        }
        return times.isEmpty ? "none in 30 days" : times.joined(separator: "; ")
    }

    /// `Barn PV power silent 31   Creamery power silent 12   the other 22 together 17`
    func talkersText(width: Int) -> String {
        guard !talkers.isEmpty else { return "no alarm came" }
        var parts: [String] = []
        for (index, talker) in talkers.prefix(6).enumerated() {
            let left = talkers.dropFirst(index + 1)
            let rest = left.isEmpty ? "" : "      the other \(left.count) together \(left.reduce(0) { $0 + $1.count })"
            let next = parts + ["\(talker.title) \(talker.count)"]
            guard index == 0 || TextWidth.of(next.joined(separator: "      ") + rest) <= width else { break }
            parts = next
        }
        let left = talkers.dropFirst(parts.count)
        if !left.isEmpty { parts.append("the other \(left.count) together \(left.reduce(0) { $0 + $1.count })") }
        return parts.joined(separator: "      ")
    }
}

extension AlarmRecord {
    /// The sensor whose data did not come.
    var staleSensor: SensorID? {
        let parts = alarm.split(separator: ":")
        return parts.first == "stale" ? parts.dropFirst().first.flatMap { SensorID($0) } : nil
    }
}
