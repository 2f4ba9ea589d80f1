/// The parts of an ISO 8601 text: what the wall clock showed and, if stated, the offset.
///
/// Accepts calendar dates and week dates, extended or compact, any one character as separator, times down to
/// microseconds (further digits are cut), and an offset with optional seconds.
package struct DateTimeText: Hashable, Sendable {
    package var local: LocalDateTime
    /// nil for a naive text
    package var offset: TimeSpan?
    /// The text has no time of day.
    package var isBareDate = false

    package init(parsing text: String, repairingPlus: Bool = false) throws(DateTimeTextError) {
        var copy = text
        let parsed = copy.withUTF8 { bytes in
            if repairingPlus && bytes.contains(UInt8(ascii: " ")) {
                return DateTimeReader.read(bytes.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 })
            }
            return DateTimeReader.read(bytes)
        }
        guard let parsed else { throw .unparsable }
        self = parsed
    }

    /// The same over bytes, for readers of large files; nil if unparsable.
    package init?(parsing bytes: some RandomAccessCollection<UInt8>) {
        guard
            let parsed = bytes.withContiguousStorageIfAvailable({ DateTimeReader.read($0) })
                ?? DateTimeReader.read(Array(bytes))
        else { return nil }
        self = parsed
    }

    init(local: LocalDateTime, offset: TimeSpan?, isBareDate: Bool) {
        self.local = local
        self.offset = offset
        self.isBareDate = isBareDate
    }
}

func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

/// One pass over the bytes of a datetime text.
private struct DateTimeReader<Bytes: RandomAccessCollection<UInt8>> where Bytes.Index == Int {
    let bytes: Bytes
    var position: Int
    var end: Int

    static func read(_ bytes: Bytes) -> DateTimeText? {
        var reader = DateTimeReader(bytes: bytes, position: bytes.startIndex, end: bytes.endIndex)
        return reader.dateTime()
    }

    private mutating func dateTime() -> DateTimeText? {
        guard let date = date() else { return nil }
        guard position < end else {
            return DateTimeText(local: LocalDateTime(date), offset: nil, isBareDate: true)
        }
        guard skipSeparator() else { return nil }
        guard position < end else {
            return DateTimeText(local: LocalDateTime(date), offset: nil, isBareDate: true)
        }
        let signAt = (position..<end).first { isOffsetStart(bytes[$0]) }
        guard let time = clock(until: signAt ?? end), time.hour < 24, time.minute < 60, time.second < 60 else {
            return nil
        }
        let local = LocalDateTime(
            date, hour: time.hour, minute: time.minute, second: time.second, microsecond: time.microsecond)
        guard let signAt else { return DateTimeText(local: local, offset: nil, isBareDate: false) }
        guard let offset = offset(at: signAt) else { return nil }
        return DateTimeText(local: local, offset: offset, isBareDate: false)
    }

    private func isOffsetStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "Z")
    }

    private func byte(_ offset: Int) -> UInt8 {
        position + offset < end ? bytes[position + offset] : 0
    }

    private mutating func number(digits: Int) -> Int? {
        guard position + digits <= end else { return nil }
        var value = 0
        for index in position..<(position + digits) {
            guard isDigit(bytes[index]) else { return nil }
            value = value * 10 + Int(bytes[index] - 48)
        }
        position += digits
        return value
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < end, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func date() -> CivilDate? {
        guard let year = number(digits: 4) else { return nil }
        let extended = skip("-")
        if skip("W") { return weekDate(year: year, extended: extended) }
        guard let month = number(digits: 2) else { return nil }
        if extended { guard skip("-") else { return nil } }
        guard let day = number(digits: 2) else { return nil }
        return CivilDate(validating: year, month: month, day: day)
    }

    private mutating func weekDate(year: Int, extended: Bool) -> CivilDate? {
        guard let week = number(digits: 2) else { return nil }
        var weekday = 1
        if extended {
            if byte(0) == UInt8(ascii: "-"), isDigit(byte(1)) {
                // A dash before a lone digit belongs to the date; before two digits it is the separator.
                if !isDigit(byte(2)) {
                    position += 1
                    weekday = number(digits: 1) ?? 0
                }
            }
        } else if isDigit(byte(0)) {
            weekday = number(digits: 1) ?? 0
        }
        return CivilDate(isoWeekYear: year, week: week, weekday: weekday)
    }

    /// Any one character may stand between date and time.
    private mutating func skipSeparator() -> Bool {
        position += 1
        while position < end, bytes[position] & 0xC0 == 0x80 { position += 1 }
        return true
    }

    private mutating func clock(until limit: Int) -> (hour: Int, minute: Int, second: Int, microsecond: Int)? {
        let savedEnd = end
        end = limit
        defer { end = savedEnd }
        guard let hour = number(digits: 2) else { return nil }
        var parts = (hour: hour, minute: 0, second: 0, microsecond: 0)
        guard position < end else { return parts }
        let extended = byte(0) == UInt8(ascii: ":")
        if extended || isDigit(byte(0)) {
            if extended { position += 1 }
            guard let minute = number(digits: 2) else { return nil }
            parts.minute = minute
            guard position < end else { return parts }
            if extended ? byte(0) == UInt8(ascii: ":") : isDigit(byte(0)) {
                if extended { position += 1 }
                guard let second = number(digits: 2) else { return nil }
                parts.second = second
                guard position < end else { return parts }
                guard let fraction = fraction() else { return nil }
                parts.microsecond = fraction
                return parts
            }
        }
        return nil
    }

    private mutating func fraction() -> Int? {
        guard skip(".") || skip(","), position < end else { return nil }
        var value = 0
        var scale = 1_000_000
        while position < end {
            guard isDigit(bytes[position]) else { return nil }
            if scale > 1 {
                value = value * 10 + Int(bytes[position] - 48)
                scale /= 10
            }
            position += 1
        }
        return value * scale
    }

    private mutating func offset(at signAt: Int) -> TimeSpan? {
        let sign = bytes[signAt]
        position = signAt + 1
        if sign == UInt8(ascii: "Z") { return position == end ? .zero : nil }
        guard let clock = clock(until: end) else { return nil }
        let seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
        guard seconds < 86_400 else { return nil }
        let size = Int64(seconds) * 1_000_000 + Int64(clock.microsecond)
        return TimeSpan(microseconds: sign == UInt8(ascii: "-") ? -size : size)
    }
}
