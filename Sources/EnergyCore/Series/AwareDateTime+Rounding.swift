extension AwareDateTime {
    /// The instant rounded on its own wall clock to a frequency such as `15min`, halves to the even multiple; unchanged if
    /// there is no frequency or it is none.
    package func rounded(toFrequency text: String?) -> Instant {
        guard let span = text.flatMap(TimeSpan.init(frequency:)), span > .zero else { return instant }
        let clock = local.microseconds
        let size = span.microseconds
        var multiple = floorDivide(clock, size)
        let rest = clock - multiple * size
        if rest * 2 > size || (rest * 2 == size && multiple % 2 != 0) { multiple += 1 }
        return Instant(microseconds: instant.microseconds + multiple * size - clock)
    }
}

extension TimeSpan {
    /// Reads `15min`, `1h`, `H`, `30s`, `2D`, `W`, or an ISO 8601 duration; nil for anything else.
    package init?(frequency text: String) {
        if let duration = try? ISODuration(parsingAnyLength: text) {
            guard let span = duration.absolute else { return nil }
            self = span
            return
        }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units: [Substring: TimeSpan] = [
            "s": .seconds(1), "S": .seconds(1), "sec": .seconds(1), "min": .minutes(1), "T": .minutes(1),
            "m": .minutes(1), "h": .hours(1), "H": .hours(1), "hour": .hours(1), "d": .days(1), "D": .days(1),
            "day": .days(1), "W": .days(7),
        ]
        guard let unit = units[text.dropFirst(digits.count)], let count = digits.isEmpty ? 1 : Double(digits) else {
            return nil
        }
        let size = (count * Double(unit.microseconds)).rounded()
        // Nobody rounds to more than some years.
        guard size < 1e15 else { return nil }
        self.init(microseconds: Int64(size))
    }
}
