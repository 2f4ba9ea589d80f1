extension TimeSpan {
    /// `0:15:00`, `1 day, 0:00:00`, `-1 day, 23:45:00`: the notation of the API's texts.
    package var clockText: String {
        let day = TimeSpan.days(1).microseconds
        let days = floorDivide(microseconds, day)
        let rest = floorModulo(microseconds, day)
        let seconds = rest / 1_000_000
        var text = ""
        if days != 0 { text = "\(days) day\(abs(days) == 1 ? "" : "s"), " }
        text += "\(seconds / 3600):\(twoDigits(seconds / 60 % 60)):\(twoDigits(seconds % 60))"
        let fraction = rest % 1_000_000
        if fraction != 0 { text += "." + paddedFraction(fraction) }
        return text
    }

    /// The short words of staleness and of activity: `a moment`, `15 minutes`, `an hour`, `2 months`. Everything is cut,
    /// never rounded, and the sign is lost.
    package var shortWords: String {
        let seconds = abs(microseconds) / 1_000_000
        let allDays = seconds / 86_400
        let rest = seconds % 86_400
        let years = allDays / 365
        let days = allDays % 365
        let months = Int64(Double(days) / 30.5)
        switch years {
        case 0:
            return days == 0 ? TimeSpan.shortWords(ofDayRest: rest) : TimeSpan.shortWords(days: days, months: months)
        case 1: return TimeSpan.shortWordsAfterOneYear(days: days, months: months)
        default: return "\(years) years"
        }
    }

    private static func shortWords(ofDayRest rest: Int64) -> String {
        switch rest {
        case 0: "a moment"
        case 1: "a second"
        case ..<60: "\(rest) seconds"
        case ..<120: "a minute"
        case ..<3600: "\(rest / 60) minutes"
        case ..<7200: "an hour"
        default: "\(rest / 3600) hours"
        }
    }

    private static func shortWords(days: Int64, months: Int64) -> String {
        if days == 1 { return "a day" }
        switch months {
        case 0: return "\(days) days"
        case 1: return "a month"
        default: return "\(months) months"
        }
    }

    private static func shortWordsAfterOneYear(days: Int64, months: Int64) -> String {
        switch (months, days) {
        case (0, 0): "a year"
        case (0, 1): "1 year, 1 day"
        case (0, _): "1 year, \(days) days"
        case (1, _): "1 year, 1 month"
        default: "1 year, \(months) months"
        }
    }

    /// The long words of reasons: `1 year, 1 month and 4 days`, `1 hour and 45 minutes`, `0 seconds`. The sign is lost.
    package var longWords: String {
        var rest = abs(microseconds)
        func take(_ size: Int64) -> Int64 {
            defer { rest %= size }
            return rest / size
        }
        let day = TimeSpan.days(1).microseconds
        let counts: [(Int64, String)] = [
            (take(365 * day), "year"), (take(61 * day / 2), "month"), (take(day), "day"),
            (take(3_600_000_000), "hour"), (take(60_000_000), "minute"),
        ]
        var parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        if rest > 0 || parts.isEmpty {
            parts.append(TimeSpan.secondsText(microseconds: rest))
        }
        guard let last = parts.popLast() else { return "" }
        return parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last
    }

    private static func secondsText(microseconds: Int64) -> String {
        if microseconds % 1_000_000 == 0 {
            let seconds = microseconds / 1_000_000
            return "\(seconds) second\(seconds == 1 ? "" : "s")"
        }
        let hundredths = (microseconds + 5_000) / 10_000
        return "\(hundredths / 100).\(twoDigits(hundredths % 100)) seconds"
    }
}

extension Instant {
    /// How long ago this was, as users read it: `now`, `6 seconds ago`, `3 hours from now`; after a day `yesterday`,
    /// `May 09`, and after five months `May 09 2022`, in the reader's zone.
    package func wordsAgo(now: Instant, in zone: Zone) -> String {
        let age = now - self
        if age <= .days(1) {
            let words = age.shortWords
            if words == "a moment" { return "now" }
            return age < .zero ? words + " from now" : words + " ago"
        }
        let date = zone.local(self).date
        let days = zone.local(now).date.daysSinceEpoch - date.daysSinceEpoch
        if days == 1 { return "yesterday" }
        let monthAndDay = "\(CalendarNames.months[date.month - 1]) \(twoDigits(Int64(date.day)))"
        return Double(days) >= 5 * 365.0 / 12 ? "\(monthAndDay) \(date.year)" : monthAndDay
    }
}

private func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

private func paddedFraction(_ microseconds: Int64) -> String {
    let digits = "\(microseconds)"
    return String(repeating: "0", count: 6 - digits.count) + digits
}
