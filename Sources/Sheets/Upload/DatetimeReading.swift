import EnergyCore

/// A datetime as a file writes it.
struct DatetimeReading: Equatable {
    /// What the wall clock showed, in microseconds.
    var local: Int64
    /// Microseconds east of UTC; nil for naive texts.
    var offset: Int64?
}

/// Which part of a date with the year at its end comes first.
enum DateOrder {
    case monthFirst, dayFirst
}

/// Reads datetimes in the forms that spreadsheets and meters write: ISO 8601, `5/1/2024 0:15`, `13-05-2024`,
/// `01.05.2024`, `5/1/2024 1:15 PM`, each with or without an offset.
struct DatetimeText {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// nil if the text is no datetime. A bare number is none.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, order: DateOrder) -> DatetimeReading? {
        guard bytes.count >= 8, bytes.count <= 64 else { return nil }
        if let text = DateTimeText(parsing: bytes), !bytes.allSatisfy({ $0 &- 48 < 10 }) {
            return DatetimeReading(local: text.local.microseconds, offset: text.offset?.microseconds)
        }
        var reader = DatetimeText(bytes: bytes)
        return reader.read(order)
    }

    /// The order of a date with the year at its end: month first, unless that is impossible or dots separate, which only
    /// dates with the day first do.
    static func order(of bytes: UnsafeBufferPointer<UInt8>, isDayFirst: Bool) -> DateOrder {
        var reader = DatetimeText(bytes: bytes)
        guard !isDayFirst, let first = reader.number(), let separator = reader.current, reader.skip(separator),
            let second = reader.number()
        else { return .dayFirst }
        if separator == UInt8(ascii: ".") { return .dayFirst }
        return first > 12 && second <= 12 ? .dayFirst : .monthFirst
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool { skip(UInt8(ascii: character)) }

    private mutating func number() -> Int? {
        let start = position
        var value = 0
        while let byte = current, byte &- 48 < 10, position - start < 4 {
            value = value * 10 + Int(byte &- 48)
            position += 1
        }
        return position > start ? value : nil
    }

    private mutating func read(_ order: DateOrder) -> DatetimeReading? {
        guard let date = date(order) else { return nil }
        guard position < bytes.count else {
            return DatetimeReading(local: LocalDateTime(date).microseconds, offset: nil)
        }
        guard skip(" ") || skip("T") || skip("t"), let time = time() else { return nil }
        let local = LocalDateTime(date).microseconds + time
        _ = skip(" ")
        guard position < bytes.count else { return DatetimeReading(local: local, offset: nil) }
        guard let offset = offset() else { return nil }
        return DatetimeReading(local: local, offset: offset)
    }

    private mutating func date(_ order: DateOrder) -> CivilDate? {
        let start = position
        guard let first = number() else { return nil }
        let isYearFirst = position - start == 4
        guard let separator = current, "-/.".utf8.contains(separator), skip(separator), let second = number(),
            skip(separator)
        else { return nil }
        let third = position
        guard let last = number() else { return nil }
        if isYearFirst { return CivilDate(validating: first, month: second, day: last) }
        guard position - third == 4 else { return nil }
        return order == .monthFirst
            ? CivilDate(validating: last, month: first, day: second)
            : CivilDate(validating: last, month: second, day: first)
    }

    /// Microseconds of the day.
    private mutating func time() -> Int64? {
        guard var hour = number(), skip(":"), let minute = number(), minute < 60 else { return nil }
        var microseconds = Int64(0)
        if skip(":") {
            guard let second = number(), second < 60 else { return nil }
            microseconds = Int64(second) * 1_000_000
            if skip(".") || skip(",") {
                guard let fraction = fraction() else { return nil }
                microseconds += fraction
            }
        }
        let mark = position
        _ = skip(" ")
        if let isAfternoon = halfDay() {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        } else {
            position = mark
        }
        guard hour < 24 else { return nil }
        return Int64(hour * 3600 + minute * 60) * 1_000_000 + microseconds
    }

    private mutating func fraction() -> Int64? {
        var value = Int64(0)
        var scale = Int64(1_000_000)
        let start = position
        while let byte = current, byte &- 48 < 10 {
            if scale > 1 {
                value = value * 10 + Int64(byte &- 48)
                scale /= 10
            }
            position += 1
        }
        return position > start ? value * scale : nil
    }

    /// AM or PM.
    private mutating func halfDay() -> Bool? {
        guard position + 1 < bytes.count, bytes[position + 1] | 0x20 == UInt8(ascii: "m") else { return nil }
        let letter = bytes[position] | 0x20
        guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
        position += 2
        return letter == UInt8(ascii: "p")
    }

    private mutating func offset() -> Int64? {
        if skip("Z") { return position == bytes.count ? 0 : nil }
        let isNegative = current == UInt8(ascii: "-")
        guard skip("-") || skip("+") else { return nil }
        let start = position
        guard var hours = number() else { return nil }
        var minutes = 0
        if position - start == 4 {
            (hours, minutes) = (hours / 100, hours % 100)
        } else if skip(":") {
            guard let stated = number() else { return nil }
            minutes = stated
        }
        guard position == bytes.count, hours < 24, minutes < 60 else { return nil }
        let size = Int64(hours * 3600 + minutes * 60) * 1_000_000
        return isNegative ? -size : size
    }
}
