/// A duration as ISO 8601 writes it: calendar years and months beside a fixed span (weeks, days, hours ...).
///
/// Without years and months it is absolute; a day is then always 86,400 seconds.
package struct ISODuration: Hashable, Sendable {
    /// May have a fraction, may be negative.
    package var years: Double
    /// May have a fraction, may be negative.
    package var months: Double
    /// All parts from weeks downwards.
    package var span: TimeSpan

    package init(years: Double = 0, months: Double = 0, span: TimeSpan = .zero) {
        self.years = years
        self.months = months
        self.span = span
    }

    /// Its length depends on where in the calendar it starts.
    package var isNominal: Bool { years != 0 || months != 0 }

    /// The fixed length; nil for nominal durations.
    package var absolute: TimeSpan? { isNominal ? nil : span }

    package static prefix func - (a: ISODuration) -> ISODuration {
        ISODuration(years: -a.years, months: -a.months, span: -a.span)
    }
}

extension ISODuration {
    /// The instant this long after `start`: years and months are added on the calendar of `zone` (a day that does not
    /// exist becomes the last of its month), then the span on the same wall clock.
    package func end(from start: Instant, in zone: Zone) -> Instant {
        guard isNominal else { return start + span }
        let local = zone.local(start)
        let total = years * 12 + months
        let whole = Int(total.rounded(.down))
        let fraction = total - Double(whole)
        var moved = local.adding(months: whole)
        if fraction > 0 {
            // A part of a month is that part of the calendar month which it begins.
            let length = Double((local.adding(months: whole + 1) - moved).microseconds)
            moved = moved + TimeSpan(microseconds: Int64((length * fraction / 1e6).rounded()) * 1_000_000)
        }
        return zone.instant(of: moved + span)
    }

    /// The elapsed time that the duration takes from `start`; see `end(from:in:)`.
    package func grounded(from start: Instant, in zone: Zone) -> TimeSpan {
        end(from: start, in: zone) - start
    }
}
