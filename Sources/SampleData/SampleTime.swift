import EnergyCore

/// Times in sample files: `2026-03-02T00:00Z`, to the minute.
enum SampleTime {
    static func text(_ instant: Instant) -> String {
        let (date, time) = civil(instant)
        return "\(pad(date.0, 4))-\(pad(date.1, 2))-\(pad(date.2, 2))T\(pad(time.0, 2)):\(pad(time.1, 2))Z"
    }

    static func instant(_ text: some StringProtocol) -> Instant? {
        let parts = text.split { "-T:Z".contains($0) }.compactMap { Int64($0) }
        guard parts.count == 5, text.hasSuffix("Z") else { return nil }
        let days = daysFromCivil(parts[0], parts[1], parts[2])
        return Instant(seconds: days * 86_400 + parts[3] * 3600 + parts[4] * 60)
    }

    /// Days since 1970-01-01 of a date in the Gregorian calendar (Howard Hinnant's algorithm).
    private static func daysFromCivil(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ instant: Instant) -> ((Int64, Int64, Int64), (Int64, Int64)) {
        let days = instant.seconds / 86_400
        let rest = instant.seconds % 86_400
        let z = days + 719_468
        let era = z / 146_097
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        return (
            (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1),
            (rest / 3600, rest % 3600 / 60)
        )
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
