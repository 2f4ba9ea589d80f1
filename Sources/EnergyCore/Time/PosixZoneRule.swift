/// A yearly rule in the notation of the TZ variable: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZoneRule {
    /// Seconds east of UTC.
    private(set) var standardOffset = 0
    private(set) var summer: Summer?

    struct Summer {
        var offset: Int
        var start: Day
        var end: Day
    }

    /// A day of the year and the local second of it (which may lie outside the day).
    struct Day {
        enum Kind {
            /// Week 5 is the last; Sunday is 0.
            case weekday(month: Int, week: Int, day: Int)
            /// 1...365, 29 February never counted.
            case withoutLeapDay(Int)
            /// 0...365
            case counted(Int)
        }
        var kind: Kind
        var second: Int
    }

    init?(_ text: some Sequence<UInt8>) {
        var reader = Reader(bytes: Array(text))
        guard reader.skipName(), let standard = reader.time() else { return nil }
        standardOffset = -standard
        if reader.isAtEnd { return }
        guard reader.skipName() else { return nil }
        var offset = standardOffset + 3600
        if !reader.isAtComma {
            guard let stated = reader.time() else { return nil }
            offset = -stated
        }
        guard let start = reader.day(), let end = reader.day(), reader.isAtEnd else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// The two changes of a year in order of time.
    func changes(in year: Int) -> [(moment: Int64, offset: Int)] {
        guard let summer else { return [] }
        let start = summer.start.localSecond(in: year) - Int64(standardOffset)
        let end = summer.end.localSecond(in: year) - Int64(summer.offset)
        let both = [(moment: start, offset: summer.offset), (moment: end, offset: standardOffset)]
        return start < end ? both : both.reversed()
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { position == bytes.count }
        var isAtComma: Bool { position < bytes.count && bytes[position] == UInt8(ascii: ",") }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        /// `CET` or `<+03>`
        mutating func skipName() -> Bool {
            let start = position
            if skip("<") {
                while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
                return skip(">")
            }
            while position < bytes.count, (bytes[position] | 0x20) &- 97 < 26 { position += 1 }
            return position > start
        }

        mutating func number() -> Int? {
            let start = position
            var value = 0
            while position < bytes.count, isDigit(bytes[position]), position < start + 4 {
                value = value * 10 + Int(bytes[position] - 48)
                position += 1
            }
            return position > start ? value : nil
        }

        /// `[+-]h[:mm[:ss]]` in seconds.
        mutating func time() -> Int? {
            let negative = skip("-")
            if !negative { _ = skip("+") }
            guard let hours = number() else { return nil }
            var seconds = hours * 3600
            if skip(":") {
                guard let minutes = number() else { return nil }
                seconds += minutes * 60
                if skip(":") {
                    guard let rest = number() else { return nil }
                    seconds += rest
                }
            }
            return negative ? -seconds : seconds
        }

        mutating func day() -> Day? {
            guard skip(",") else { return nil }
            let kind: Day.Kind
            if skip("M") {
                guard let month = number(), (1...12).contains(month), skip("."), let week = number(),
                    (1...5).contains(week), skip("."), let day = number(), (0...6).contains(day)
                else { return nil }
                kind = .weekday(month: month, week: week, day: day)
            } else if skip("J") {
                guard let day = number() else { return nil }
                kind = .withoutLeapDay(day)
            } else {
                guard let day = number() else { return nil }
                kind = .counted(day)
            }
            guard skip("/") else { return Day(kind: kind, second: 7200) }
            guard let second = time() else { return nil }
            return Day(kind: kind, second: second)
        }
    }
}

extension PosixZoneRule.Day {
    /// Local seconds since the epoch.
    func localSecond(in year: Int) -> Int64 {
        Int64(dayNumber(in: year)) * 86_400 + Int64(second)
    }

    private func dayNumber(in year: Int) -> Int {
        let newYear = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
        switch kind {
        case .counted(let day): return newYear + day
        case .withoutLeapDay(let day): return newYear + day - 1 + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)
        case .weekday(let month, let week, let day):
            let first = CivilDate(year: year, month: month, day: 1)
            let ahead = floorModulo(day - first.isoWeekday % 7, 7)
            let length = CivilDate.daysInMonth(year: year, month: month)
            var dayOfMonth = ahead + (week - 1) * 7
            while dayOfMonth >= length { dayOfMonth -= 7 }
            return first.daysSinceEpoch + dayOfMonth
        }
    }
}
