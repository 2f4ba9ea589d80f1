import EnergyCore

/// Moves the sample in time and fills its tables into the world file.
package struct SampleShift: Sendable {
    /// Whole weeks by which local days move.
    private let weeks: Int
    /// Added to every time of day: the weeks, and the difference between summer and winter time of the latest data.
    let offset: TimeSpan
    /// Beliefs that were formed later than this are left out; nil keeps all.
    let latestBelief: Instant?

    /// By whole weeks, so that now falls into the last nine days but two: clocks and weekdays keep their meaning.
    package init(now: Instant) {
        let zone = Zone.named(SampleTimeline.zone) ?? .utc
        let summer = zone.offset(at: SampleTimeline.historyEnd)
        let clocks = TimeSpan.seconds(Int64(summer - zone.offset(at: now)))
        let age = now - SampleTimeline.historyEnd - clocks
        weeks = Int((age.inHours / 168).rounded(.down))
        offset = .days(7) * weeks + clocks
        latestBelief = now
    }

    /// As it is in the files: nothing is moved, nothing left out.
    package init() {
        weeks = 0
        offset = .zero
        latestBelief = nil
    }

    /// A world in which every series carries its values itself.
    /// - Throws: `SampleDataError` for references that lead nowhere.
    package func world(from files: SampleFiles) throws -> JSONValue {
        guard case .object(var world) = files.world, case .array(let series)? = world["series"] else {
            throw SampleDataError.badWorld(reason: "it has no list 'series'")
        }
        world["series"] = .array(try series.map { try filled($0, files.tables) })
        return .object(world)
    }

    private func filled(_ entry: JSONValue, _ tables: [String: SampleTable]) throws -> JSONValue {
        guard case .object(var members) = entry else {
            throw SampleDataError.badWorld(reason: "an entry of 'series' is no object")
        }
        var start = instant(members["start"])
        var values: [JSONValue] = []
        var step: TimeSpan?
        if case .string(let name)? = members["csv"], case .string(let column)? = members["column"] {
            guard let table = tables[name], let cells = table[column] else {
                throw SampleDataError.badWorld(reason: "there is no column '\(column)' in series/\(name).csv")
            }
            let first = start.map { Int(($0 - table.start).microseconds / table.step.microseconds) } ?? 0
            var rows = cells.dropFirst(max(0, first))
            if case .int(let count)? = members["rows"] { rows = rows.prefix(Int(count)) }
            start = table.start + table.step * first
            step = table.step
            values = rows.map { $0.map { .double($0) } ?? .null }
        } else if case .array(let inline)? = members["values"] {
            values = inline
        }
        guard let start else { throw SampleDataError.badWorld(reason: "an entry of 'series' has no start") }
        for key in ["csv", "column", "rows"] { members[key] = nil }
        let kept = known(values, from: start, step: step ?? .days(1), members)
        members["start"] = .string(SampleTime.text(step == nil ? localMidnight(of: start) : start + offset))
        members["values"] = .array(kept)
        if let belief = instant(members["belief_time"]) {
            members["belief_time"] = .string(SampleTime.text(belief + offset))
        }
        return .object(members)
    }

    /// The values whose belief had been formed by the latest belief time.
    private func known(_ values: [JSONValue], from start: Instant, step: TimeSpan, _ members: JSONObject) -> [JSONValue]
    {
        guard let latestBelief else { return values }
        if let belief = instant(members["belief_time"]) { return belief + offset <= latestBelief ? values : [] }
        var horizon = TimeSpan.zero
        if case .string(let text)? = members["horizon"], let parsed = try? ISODuration(parsing: text) {
            horizon = parsed.span
        }
        let isInstantaneous = members["resolution"] != nil
        let firstBelief = start + offset + (isInstantaneous ? .zero : step) - horizon
        let count = (latestBelief - firstBelief).microseconds / step.microseconds + 1
        return Array(values.prefix(max(0, Int(count))))
    }

    /// Daily values start at local midnight, whatever the clocks show where they are moved to.
    private func localMidnight(of start: Instant) -> Instant {
        (Zone.named(SampleTimeline.zone) ?? .utc).adding(days: 7 * weeks, to: start)
    }

    private func instant(_ value: JSONValue?) -> Instant? {
        guard case .string(let text)? = value else { return nil }
        return SampleTime.instant(text)
    }
}
