import EnergyCore

/// How a chart shows its series.
package enum ChartKind: String, CaseIterable, Hashable, Sendable {
    case line, bars, table, histogram, day = "day heat map", week = "week heat map"
}

/// What can be done to all charts of the console.
package enum ChartCommand: Hashable, Sendable {
    case zoomIn, zoomOut, fit
    /// In quarters of the window.
    case pan(Int)
    case panDays(Int)
    case now
    case goto(Instant)
    case cursor(on: Bool)
    /// In columns of the last picture.
    case moveCursor(Int)
    case nextKind
    case kind(ChartKind)
    case band
    case toggle(series: String)
}

/// The window of time that charts show, and how. One for the whole console: moving between screens keeps the time.
package struct ChartView: Hashable, Sendable {
    package var start: Instant
    package var span: TimeSpan
    /// The window moves on with the day.
    package var followsNow = true
    package var cursor: Instant?
    package var kind = ChartKind.line
    package var showsBand = true
    package var hidden: Set<String> = []
    /// Whether values are of whole days, so that no hours stand on the axis.
    package var isDaily = false

    /// The shortest and longest window.
    package static let shortest = TimeSpan.minutes(5)
    package static let longest = TimeSpan.days(3660)

    /// The local day of a moment.
    package init(day moment: Instant, zone: Zone) {
        start = zone.startOfDay(containing: moment)
        span = zone.adding(days: 1, to: start) - start
    }

    package var end: Instant { start + span }

    package func contains(_ moment: Instant) -> Bool { moment >= start && moment < end }

    /// What is shown of time: heat maps compare days or weeks, so they reach back over some whatever the window is.
    package func shown(zone: Zone) -> Range<Instant> {
        let last = zone.local(end - TimeSpan(microseconds: 1)).date
        let first: CivilDate
        switch kind {
        case .day: first = last.adding(days: -13)
        case .week: first = last.adding(days: 1 - last.isoWeekday - 7 * 7)
        default: return start..<end
        }
        return min(start, zone.startOfDay(first))..<max(end, zone.startOfDay(last.adding(days: 1)))
    }

    /// The length of a column when the window has so many.
    package func step(columns: Int) -> TimeSpan {
        TimeSpan(microseconds: max(1_000_000, span.microseconds / Int64(max(1, columns))))
    }

    package mutating func apply(_ command: ChartCommand, now: Instant, zone: Zone, columns: Int) {
        switch command {
        case .zoomIn: zoom(to: TimeSpan(microseconds: span.microseconds / 2), now: now)
        case .zoomOut: zoom(to: TimeSpan(microseconds: span.microseconds * 2), now: now)
        case .fit: self = copy(ChartView(day: cursor ?? now, zone: zone))
        case .pan(let quarters):
            move(by: TimeSpan(microseconds: span.microseconds / 4 * Int64(quarters)))
        case .panDays(let days):
            followsNow = false
            let moved = zone.adding(days: days, to: start)
            cursor = cursor.map { $0 + (moved - start) }
            start = moved
        case .now:
            if span <= .days(1) + .hours(1), span >= .hours(23) {
                self = copy(ChartView(day: now, zone: zone))
            } else {
                centre(on: now)
            }
            followsNow = true
        case .goto(let moment):
            followsNow = false
            if span >= .hours(23), span <= .hours(25) {
                start = zone.startOfDay(containing: moment)
                span = zone.adding(days: 1, to: start) - start
            } else {
                centre(on: moment)
            }
            if cursor != nil { cursor = moment }
        case .cursor(let on):
            cursor = on ? cursor ?? (contains(now) ? now : start + TimeSpan(microseconds: span.microseconds / 2)) : nil
        case .moveCursor(let count): moveCursor(count, columns: columns)
        case .nextKind:
            let all = ChartKind.allCases
            kind = all[((all.firstIndex(of: kind) ?? 0) + 1) % all.count]
        case .kind(let chosen): kind = chosen
        case .band: showsBand.toggle()
        case .toggle(let name): if hidden.remove(name) == nil { hidden.insert(name) }
        }
    }

    /// Moves a window that follows the present into the day of `now`.
    package mutating func follow(_ now: Instant, zone: Zone) {
        guard followsNow, !contains(now) else { return }
        apply(.now, now: now, zone: zone, columns: 1)
    }

    private func copy(_ other: ChartView) -> ChartView {
        var result = self
        result.start = other.start
        result.span = other.span
        return result
    }

    private mutating func move(by distance: TimeSpan) {
        followsNow = false
        start = start + distance
        cursor = cursor.map { $0 + distance }
    }

    private mutating func centre(on moment: Instant) {
        start = moment - TimeSpan(microseconds: span.microseconds / 2)
    }

    private mutating func zoom(to wanted: TimeSpan, now: Instant) {
        let next = max(Self.shortest, min(Self.longest, wanted))
        let middle = start + TimeSpan(microseconds: span.microseconds / 2)
        let anchor = cursor ?? (contains(now) ? now : middle)
        // The anchor keeps its column.
        let share = Double((anchor - start).microseconds) / Double(max(1, span.microseconds))
        start = anchor - TimeSpan(microseconds: Int64(share * Double(next.microseconds)))
        span = next
        followsNow = followsNow && contains(now)
    }

    private mutating func moveCursor(_ count: Int, columns: Int) {
        let step = step(columns: columns)
        let from = cursor ?? start
        var next = from + step * count
        if next < start {
            move(by: TimeSpan(microseconds: -span.microseconds / 4))
        } else if next >= end {
            move(by: TimeSpan(microseconds: span.microseconds / 4))
        }
        next = max(start, min(end - TimeSpan(microseconds: 1), next))
        cursor = next
    }
}
