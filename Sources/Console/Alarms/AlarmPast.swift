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
    private static let mostTalkers = 6
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
    /// Of the last week, the most frequent first, no more than are told.
    private(set) var talkers: [Talker] = []
    /// How many subjects and alarms there were in the last week.
    private(set) var week = Week()

    struct Week: Hashable, Sendable {
        var subjects = 0
        var alarms = 0
    }
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
        let latest = Dictionary(grouping: records.filter { now - $0.raisedAt < .days(7) }, by: \.subject)
        week = Week(subjects: latest.count, alarms: latest.values.reduce(0) { $0 + $1.count })
        talkers = Array(
            latest.values.map { Talker(title: "\($0[0].place) \($0[0].title)".trimmed, count: $0.count) }
                .sorted { ($1.count, $0.title) < ($0.count, $1.title) }.prefix(Self.mostTalkers))
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
        var told = 0
        func rest(_ count: Int, _ alarms: Int) -> [String] {
            count < week.subjects ? ["the other \(week.subjects - count) together \(week.alarms - alarms)"] : []
        }
        for talker in talkers {
            let next = parts + ["\(talker.title) \(talker.count)"]
            let line = (next + rest(next.count, told + talker.count)).joined(separator: Self.gap)
            guard parts.isEmpty || TextWidth.of(line) <= width else { break }
            parts = next
            told += talker.count
        }
        return (parts + rest(parts.count, told)).joined(separator: Self.gap)
    }

    private static let gap = "      "
}

extension AlarmRecord {
    /// The sensor whose data did not come.
    var staleSensor: SensorID? {
        let parts = alarm.split(separator: ":")
        return parts.first == "stale" ? parts.dropFirst().first.flatMap { SensorID($0) } : nil
    }
}
