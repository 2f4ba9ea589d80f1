/// Reader of compiled zone files (RFC 9636, "TZif").
enum ZoneFile {
    static func parse(_ bytes: [UInt8], name: String) -> Zone? {
        guard let first = Header(bytes, at: 0) else { return nil }
        guard first.version >= UInt8(ascii: "2") else { return zone(bytes, first, wide: false, name: name) }
        guard let second = Header(bytes, at: first.end(timeSize: 4)) else { return nil }
        return zone(bytes, second, wide: true, name: name)
    }

    private struct Header {
        let version: UInt8
        let start: Int
        let utcFlags, standardFlags, leapSeconds, transitions, types, letters: Int

        init?(_ bytes: [UInt8], at start: Int) {
            guard start + 44 <= bytes.count, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else { return nil }
            func count(_ index: Int) -> Int { ZoneFile.integer(bytes, at: start + 20 + index * 4, size: 4) ?? -1 }
            version = bytes[start + 4]
            self.start = start + 44
            (utcFlags, standardFlags, leapSeconds) = (count(0), count(1), count(2))
            (transitions, types, letters) = (count(3), count(4), count(5))
            let sizes = [utcFlags, standardFlags, leapSeconds, transitions, types, letters]
            guard sizes.allSatisfy({ (0...100_000).contains($0) }), types > 0 else { return nil }
        }

        func end(timeSize: Int) -> Int {
            start + transitions * (timeSize + 1) + types * 6 + letters + leapSeconds * (timeSize + 4) + standardFlags
                + utcFlags
        }
    }

    private static func zone(_ bytes: [UInt8], _ header: Header, wide: Bool, name: String) -> Zone? {
        let size = wide ? 8 : 4
        let end = header.end(timeSize: size)
        guard end <= bytes.count else { return nil }
        let indexesAt = header.start + header.transitions * size
        let typesAt = indexesAt + header.transitions
        func offset(ofType type: Int) -> Int32? {
            guard type < header.types else { return nil }
            return integer(bytes, at: typesAt + type * 6, size: 4).map(Int32.init(truncatingIfNeeded:))
        }
        guard let initial = offset(ofType: 0) else { return nil }
        var table = ZoneTable(initialOffset: initial)
        for index in 0..<header.transitions {
            guard let moment = integer(bytes, at: header.start + index * size, size: size),
                let offset = offset(ofType: Int(bytes[indexesAt + index]))
            else { return nil }
            table.append(at: Int64(moment), offset: offset)
        }
        if wide, let rule = footer(bytes, from: end) { table.extend(by: rule) }
        return table.zone(named: name)
    }

    /// The rule for the time after the last transition stands between two line ends behind the data.
    private static func footer(_ bytes: [UInt8], from start: Int) -> PosixZoneRule? {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "\n") else { return nil }
        return PosixZoneRule(bytes[(start + 1)...].prefix { $0 != UInt8(ascii: "\n") })
    }

    private static func integer(_ bytes: [UInt8], at position: Int, size: Int) -> Int? {
        guard position >= 0, position + size <= bytes.count else { return nil }
        var value: Int64 = bytes[position] & 0x80 != 0 ? -1 : 0
        for index in position..<(position + size) { value = value << 8 | Int64(bytes[index]) }
        return Int(value)
    }
}

/// Transitions in the making.
struct ZoneTable {
    private var transitions: [Int64] = []
    private var offsets: [Int32]
    private var cycleStart: Int64?

    init(initialOffset: Int32) {
        offsets = [initialOffset]
    }

    mutating func append(at moment: Int64, offset: Int32) {
        if let last = transitions.last, moment <= last { return }
        // Changes of the abbreviation alone do not matter here.
        guard offset != offsets[offsets.count - 1] else { return }
        transitions.append(moment)
        offsets.append(offset)
    }

    /// Writes out a yearly rule for 400 years, after which the calendar repeats.
    mutating func extend(by rule: PosixZoneRule) {
        let from = transitions.last ?? 0
        guard rule.summer != nil else {
            append(at: transitions.isEmpty ? Int64.min : from + 1, offset: Int32(rule.standardOffset))
            return
        }
        let firstYear = CivilDate(daysSinceEpoch: Int(floorDivide(max(from, 0), 86_400))).year
        for year in firstYear...(firstYear + 401) {
            for change in rule.changes(in: year) where change.moment > from {
                append(at: change.moment, offset: Int32(change.offset))
            }
        }
        cycleStart = Int64(CivilDate(year: firstYear + 401, month: 1, day: 1).daysSinceEpoch) * 86_400
    }

    func zone(named name: String) -> Zone {
        Zone(name: name, transitions: transitions, offsets: offsets, cycleStart: cycleStart)
    }
}
