/// How days appear in a printed duration.
package enum DurationStyle: Sendable {
    /// `PT24H`, zero is `PT0H`: answers that carry data.
    case hours
    /// `P1D`, zero is `P0D`: properties of sensors and forecasts.
    case days
}

extension ISODuration {
    /// The duration as text. The sign is lost, as the API wants it, unless `signed`.
    package func text(_ style: DurationStyle, signed: Bool = false) -> String {
        let negative = years < 0 || months < 0 || span < .zero
        var rest = abs(span.microseconds)
        var date = ""
        if years != 0 { date += ISODuration.number(abs(years)) + "Y" }
        if months != 0 { date += ISODuration.number(abs(months)) + "M" }
        if style == .days {
            let days = rest / TimeSpan.days(1).microseconds
            if days > 0 { date += "\(days)D" }
            rest %= TimeSpan.days(1).microseconds
        }
        let time = ISODuration.timeText(rest)
        let prefix = signed && negative ? "-P" : "P"
        if date.isEmpty && time.isEmpty { return style == .days ? "P0D" : "PT0H" }
        return prefix + date + (time.isEmpty ? "" : "T" + time)
    }

    private static func timeText(_ microseconds: Int64) -> String {
        let seconds = microseconds / 1_000_000
        var text = ""
        if seconds / 3600 > 0 { text += "\(seconds / 3600)H" }
        if seconds / 60 % 60 > 0 { text += "\(seconds / 60 % 60)M" }
        let fraction = microseconds % 1_000_000
        if fraction > 0 {
            var digits = String(String(1_000_000 + fraction).dropFirst())
            while digits.hasSuffix("0") { digits.removeLast() }
            text += "\(seconds % 60).\(digits)S"
        } else if seconds % 60 > 0 {
            text += "\(seconds % 60)S"
        }
        return text
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? "\(Int64(value))" : "\(value)"
    }
}

extension TimeSpan {
    /// The span as an ISO 8601 duration; see `ISODuration.text`.
    package func isoText(_ style: DurationStyle, signed: Bool = false) -> String {
        ISODuration(span: self).text(style, signed: signed)
    }
}
