extension Instant {
    /// The wall clock at that many seconds east of UTC.
    package func local(offset: Int) -> LocalDateTime {
        LocalDateTime(microseconds: microseconds + Int64(offset) * 1_000_000)
    }

    /// `2024-05-01T00:00:00+02:00`, with microseconds only if there are any.
    package func text(offset: Int) -> String {
        text(offset: offset, separator: UInt8(ascii: "T"))
    }

    /// `2024-05-01T00:00:00+02:00`, with the offset of a zone at this instant.
    package func text(in zone: Zone) -> String { text(offset: zone.offset(at: self)) }

    /// `2024-05-01 00:00:00+02:00`: as `text(in:)` with a blank instead of the T.
    package func spacedText(in zone: Zone) -> String {
        text(offset: zone.offset(at: self), separator: UInt8(ascii: " "))
    }

    /// `2026-11-23T15:53:49.516974`: UTC without saying so, as audit records print it.
    package var naiveText: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(local(offset: 0), separator: UInt8(ascii: "T"), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `2024-04-30T22:00:00Z`
    package var utcText: String { naiveText + "Z" }

    /// `Mon, 23 Nov 2026 15:23:33 GMT`, the form of HTTP headers; fractions of a second are dropped.
    package var httpText: String {
        let local = local(offset: 0)
        let date = local.date
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        bytes += CalendarNames.weekdays[date.isoWeekday - 1].utf8
        bytes += ", ".utf8
        appendPadded(date.day, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        bytes += CalendarNames.months[date.month - 1].utf8
        bytes.append(UInt8(ascii: " "))
        appendPadded(date.year, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        appendClock(local, to: &bytes)
        bytes += " GMT".utf8
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `text(offset:)` returns, for writers of large answers.
    package func append(offset: Int, separator: UInt8 = UInt8(ascii: "T"), to bytes: inout [UInt8]) {
        append(local(offset: offset), separator: separator, to: &bytes)
        bytes.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        let size = abs(offset)
        appendPadded(size / 3600, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendPadded(size / 60 % 60, digits: 2, to: &bytes)
        if size % 60 != 0 {
            bytes.append(UInt8(ascii: ":"))
            appendPadded(size % 60, digits: 2, to: &bytes)
        }
    }

    private func text(offset: Int, separator: UInt8) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(offset: offset, separator: separator, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(_ local: LocalDateTime, separator: UInt8, to bytes: inout [UInt8]) {
        appendDate(local.date, to: &bytes)
        bytes.append(separator)
        appendClock(local, to: &bytes)
        if local.microsecond != 0 {
            bytes.append(UInt8(ascii: "."))
            appendPadded(local.microsecond, digits: 6, to: &bytes)
        }
    }
}

/// English names as fixed by HTTP and by the texts of the API.
enum CalendarNames {
    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

func appendPadded(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    if digits == 2 {
        // Nearly all numbers of a datetime have two digits.
        bytes.append(48 + UInt8(truncatingIfNeeded: number / 10 % 10))
        bytes.append(48 + UInt8(truncatingIfNeeded: number % 10))
        return
    }
    var divisor = 1
    for _ in 1..<max(digits, 1) { divisor *= 10 }
    while divisor > 0 {
        bytes.append(48 + UInt8(truncatingIfNeeded: number / divisor % 10))
        divisor /= 10
    }
}

func appendDate(_ date: CivilDate, to bytes: inout [UInt8]) {
    if (0...9999).contains(date.year) {
        appendPadded(date.year, digits: 4, to: &bytes)
    } else {
        // The long form of ISO 8601: whoever sends beliefs chooses how far they are from their events.
        bytes.append(UInt8(ascii: date.year < 0 ? "-" : "+"))
        appendPadded(abs(date.year), digits: 6, to: &bytes)
    }
    bytes.append(UInt8(ascii: "-"))
    appendPadded(date.month, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendPadded(date.day, digits: 2, to: &bytes)
}

private func appendClock(_ local: LocalDateTime, to bytes: inout [UInt8]) {
    let second = Int(local.microsecondOfDay / 1_000_000)
    appendPadded(second / 3600, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendPadded(second / 60 % 60, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendPadded(second % 60, digits: 2, to: &bytes)
}
