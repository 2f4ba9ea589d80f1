/// Why a text is no usable duration, in the words of the API.
package struct DurationTextError: Error, Hashable, Sendable {
    package var message: String

    package init(message: String) {
        self.message = message
    }

    package static let notWholeMinutes = DurationTextError(
        message: "FlexMeasures only support multiples of 1 minute.")
}

extension ISODuration {
    /// Reads `[+-]PnYnMnWnDTnHnMnS` (a fraction is allowed in any number) or the form `P00010101T000000`, and insists
    /// on whole minutes as the API does.
    package init(parsing text: String) throws(DurationTextError) {
        try self.init(parsingAnyLength: text)
        guard span.microseconds % 60_000_000 == 0 else { throw .notWholeMinutes }
    }

    /// As `init(parsing:)`, but seconds and fractions of them are fine.
    package init(parsingAnyLength text: String) throws(DurationTextError) {
        var reader = DurationReader(text: text)
        if let duration = reader.duration() {
            self = duration
        } else if reader.overflowed {
            throw DurationTextError(message: "Cannot parse \(text) as ISO8601 duration: it is too long.")
        } else if let duration = try ISODuration.alternativeForm(text) {
            self = duration
        } else {
            throw DurationTextError(
                message:
                    "Cannot parse \(text) as ISO8601 duration: Unable to parse duration string \(pythonQuoted(text))")
        }
    }

    /// `P<date>T<time>`, where date and time count years, months, days, hours and so on; nil unless it begins with P.
    private static func alternativeForm(_ text: String) throws(DurationTextError) -> ISODuration? {
        guard text.hasPrefix("P") else { return nil }
        let rest = String(text.dropFirst())
        func failure(_ detail: String) -> DurationTextError {
            DurationTextError(message: "Cannot parse \(text) as ISO8601 duration: \(detail)")
        }
        let parts = rest.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw failure(
                "ISO 8601 time designator 'T' missing. Unable to parse datetime string \(pythonQuoted(rest))")
        }
        guard parts[0].utf8.count >= 8, let date = try? DateTimeText(parsing: parts[0]), date.isBareDate else {
            throw failure("Unrecognised ISO 8601 date format: \(pythonQuoted(parts[0]))")
        }
        guard !parts[1].isEmpty, let moment = try? DateTimeText(parsing: rest), moment.offset == nil else {
            throw failure("Unrecognised ISO 8601 time format: \(pythonQuoted(parts[1]))")
        }
        let day = moment.local.date
        let time = TimeSpan(microseconds: moment.local.microsecondOfDay)
        return ISODuration(
            years: Double(day.year), months: Double(day.month), span: .days(Int64(day.day)) + time)
    }
}

/// One pass over the bytes of a duration text.
private struct DurationReader {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var overflowed = false

    init(text: String) {
        bytes = Array(text.utf8)
    }

    mutating func duration() -> ISODuration? {
        let negative = current == UInt8(ascii: "-")
        if negative || current == UInt8(ascii: "+") { position += 1 }
        guard current == UInt8(ascii: "P") else { return nil }
        position += 1
        guard position < bytes.count else { return nil }
        var result = ISODuration()
        var span = 0.0
        let dateUnits: [(UInt8, Double)] = [
            (UInt8(ascii: "Y"), 0), (UInt8(ascii: "M"), 0), (UInt8(ascii: "W"), 604_800), (UInt8(ascii: "D"), 86_400),
        ]
        let timeUnits: [(UInt8, Double)] = [
            (UInt8(ascii: "H"), 3600), (UInt8(ascii: "M"), 60), (UInt8(ascii: "S"), 1),
        ]
        guard let date = amounts(of: dateUnits.map(\.0)) else { return nil }
        result.years = date[0]
        result.months = date[1]
        span = date[2] * dateUnits[2].1 + date[3] * dateUnits[3].1
        if current == UInt8(ascii: "T") {
            position += 1
            guard let time = amounts(of: timeUnits.map(\.0)) else { return nil }
            for (amount, unit) in zip(time, timeUnits) { span += amount * unit.1 }
        }
        guard position == bytes.count else { return nil }
        guard span < 1e12, result.years < 1e5, result.months < 1e6 else {
            overflowed = true
            return nil
        }
        result.span = TimeSpan(microseconds: Int64((span * 1e6).rounded(.toNearestOrEven)))
        return negative ? -result : result
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The numbers before these designators, each of which may be absent but must come in order; nil on anything else
    /// than a designator after a number.
    private mutating func amounts(of designators: [UInt8]) -> [Double]? {
        var found = [Double](repeating: 0, count: designators.count)
        var next = 0
        while let byte = current, isDigit(byte) {
            guard let amount = amount(), let designator = current,
                let index = designators[next...].firstIndex(of: designator)
            else { return nil }
            position += 1
            found[index] = amount
            next = index + 1
        }
        return found
    }

    private mutating func amount() -> Double? {
        let start = position
        while let byte = current, isDigit(byte) { position += 1 }
        if current == UInt8(ascii: ".") || current == UInt8(ascii: ",") {
            position += 1
            guard let byte = current, isDigit(byte) else { return nil }
            while let byte = current, isDigit(byte) { position += 1 }
        }
        let digits = bytes[start..<position].map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
        return Double(String(decoding: digits, as: UTF8.self))
    }
}
