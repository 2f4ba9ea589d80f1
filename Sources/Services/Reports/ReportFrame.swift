import EnergyCore

/// A series in the middle of a computation: values at moments, NaN where nothing is known.
struct ReportFrame: Hashable, Sendable {
    /// Ascending, without duplicates; seconds since 1970.
    var starts: [Int64]
    var values: [Double]

    init(starts: [Int64] = [], values: [Double] = []) {
        self.starts = starts
        self.values = values
    }

    func mapped(_ change: (Double) -> Double) -> ReportFrame {
        ReportFrame(starts: starts, values: values.map(change))
    }

    /// Two series moment by moment; a moment that only one of them has is unknown.
    func combined(with other: ReportFrame, _ change: (Double, Double) -> Double) -> ReportFrame {
        var result = ReportFrame()
        var (a, b) = (0, 0)
        while a < starts.count || b < other.starts.count {
            let left = a < starts.count ? starts[a] : .max
            let right = b < other.starts.count ? other.starts[b] : .max
            result.starts.append(min(left, right))
            result.values.append(change(left <= right ? values[a] : .nan, right <= left ? other.values[b] : .nan))
            if left <= right { a += 1 }
            if right <= left { b += 1 }
        }
        return result
    }

    /// The values of each step of a calendar, by the start of the step.
    func grouped(by step: TimeSpan, in zone: Zone) -> [(start: Int64, values: [Double])] {
        var groups: [(start: Int64, values: [Double])] = []
        for (start, value) in zip(starts, values) {
            let beginning = Self.beginning(of: step, around: Instant(seconds: start), in: zone)
            if groups.last?.start != beginning { groups.append((beginning, [])) }
            groups[groups.count - 1].values.append(value)
        }
        return groups
    }
}

extension ReportFrame {
    /// The start of the step that holds a moment. Whole days are days of the zone.
    private static func beginning(of step: TimeSpan, around moment: Instant, in zone: Zone) -> Int64 {
        let day = TimeSpan.days(1).microseconds
        if step.microseconds % day == 0 {
            let count = Int(step.microseconds / day)
            let number = zone.local(moment).date.daysSinceEpoch
            let first = number - ((number % count) + count) % count
            return zone.startOfDay(CivilDate(daysSinceEpoch: first)).seconds
        }
        let seconds = step.microseconds / 1_000_000
        let local = moment.seconds + Int64(zone.offset(at: moment))
        return moment.seconds - ((local % seconds) + seconds) % seconds
    }
}

/// How several values become one. Unknown values are left out.
enum ReportAggregate: String, CaseIterable, Sendable {
    case sum, mean, min, max, count, first, last

    func callAsFunction(_ values: [Double]) -> Double {
        let known = values.filter { !$0.isNaN }
        switch self {
        case .sum: return known.reduce(0, +)
        case .count: return Double(known.count)
        case .mean: return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
        case .min: return known.min() ?? .nan
        case .max: return known.max() ?? .nan
        case .first: return known.first ?? .nan
        case .last: return known.last ?? .nan
        }
    }
}
