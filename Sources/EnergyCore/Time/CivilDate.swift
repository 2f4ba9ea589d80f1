/// A date of the proleptic Gregorian calendar, without a zone.
package struct CivilDate: Hashable, Sendable {
    package var year: Int
    /// 1...12
    package var month: Int
    /// 1...31
    package var day: Int

    /// The parts are taken as given; use `init(validating:month:day:)` for untrusted ones.
    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// nil unless the date exists and its year has at most four digits (1...9999).
    package init?(validating year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day with this number, counted from 1970-01-01 as 0.
    ///
    /// Works on years that begin in March, so that the leap day is the last day of its year.
    package init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01, which is 0.
    package var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Monday is 1, Sunday 7.
    package var isoWeekday: Int { floorModulo(daysSinceEpoch + 3, 7) + 1 }

    package static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    package static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package func adding(days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + days)
    }

    /// The same day that many months later; the last day of the month where that day does not exist.
    package func adding(months: Int) -> CivilDate {
        let total = year * 12 + (month - 1) + months
        let newYear = floorDivide(total, 12)
        let newMonth = floorModulo(total, 12) + 1
        return CivilDate(
            year: newYear, month: newMonth,
            day: min(day, CivilDate.daysInMonth(year: newYear, month: newMonth)))
    }

    /// The date of an ISO week date; nil if the year has no such week or the week no such day.
    package init?(isoWeekYear: Int, week: Int, weekday: Int) {
        guard (1...9999).contains(isoWeekYear), (1...53).contains(week), (1...7).contains(weekday) else { return nil }
        let fourthOfJanuary = CivilDate(year: isoWeekYear, month: 1, day: 4)
        let firstMonday = fourthOfJanuary.daysSinceEpoch - (fourthOfJanuary.isoWeekday - 1)
        let date = CivilDate(daysSinceEpoch: firstMonday + (week - 1) * 7 + weekday - 1)
        if week == 53 {
            // Week 53 exists when its Thursday still lies in the year.
            let thursday = CivilDate(daysSinceEpoch: firstMonday + 52 * 7 + 3)
            guard thursday.year == isoWeekYear else { return nil }
        }
        guard (1...9999).contains(date.year) else { return nil }
        self = date
    }
}

extension CivilDate: Comparable {
    package static func < (a: CivilDate, b: CivilDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// `2024-05-01`
    package var description: String {
        var bytes: [UInt8] = []
        appendDate(self, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Division that rounds towards minus infinity, as calendars need it.
func floorDivide<T: FixedWidthInteger & SignedInteger>(_ a: T, _ b: T) -> T {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    return remainder != 0 && (remainder < 0) != (b < 0) ? quotient - 1 : quotient
}

/// The remainder that belongs to `floorDivide`: never negative for a positive divisor.
func floorModulo<T: FixedWidthInteger & SignedInteger>(_ a: T, _ b: T) -> T {
    let remainder = a % b
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
}
