import EnergyCore

/// Collects the distances between event starts in time order, and finds their rule.
struct UploadSpacing {
    private let zone: Zone
    private var distances: [Int64: Distance] = [:]
    private var last: Int64?
    /// The distance found last and how often in a row: nearly always there is only one, and no look-up is needed.
    private var run: (distance: Int64, count: Int) = (0, 0)
    private(set) var isSorted = true
    private(set) var count = 0

    /// One length of time between neighbours, in seconds.
    private struct Distance {
        var count: Int
        /// The first event behind such a distance.
        var firstEvent: Int64
        var line: Int
    }

    /// With more different distances than this nothing is regular, and no memory is worth it.
    private static let distinctLimit = 10_000

    init(zone: Zone) {
        self.zone = zone
    }

    mutating func add(_ start: Int64, line: Int) {
        count += 1
        defer { last = start }
        guard let last, start != last else { return }
        guard start > last else {
            isSorted = false
            return
        }
        let distance = distance(from: last, to: start)
        if distance == run.distance {
            run.count += 1
            return
        }
        endRun()
        if distances[distance] == nil, distances.count < UploadSpacing.distinctLimit {
            distances[distance] = Distance(count: 0, firstEvent: start, line: line)
        }
        run = (distance, 1)
    }

    private mutating func endRun() {
        distances[run.distance]?.count += run.count
        run = (0, 0)
    }

    /// Elapsed seconds, or whole local days where the wall clock shows the same time again.
    private func distance(from a: Int64, to b: Int64) -> Int64 {
        let elapsed = b - a
        guard elapsed > 20 * 3600 else { return elapsed }
        let local = elapsed + Int64(zone.offset(atSecond: b) - zone.offset(atSecond: a))
        return local % 86_400 == 0 ? local : elapsed
    }

    /// The most common distance (the smallest of several), of which all others must be multiples; nil with fewer than two
    /// events.
    mutating func regular() throws(SheetFault) -> TimeSpan? {
        endRun()
        guard let common = mostCommon else { return nil }
        let irregular = distances.filter { $0.key % common != 0 }
        guard let first = irregular.values.min(by: { $0.firstEvent < $1.firstEvent }) else { return .seconds(common) }
        let start = Instant(seconds: first.firstEvent).spacedText(in: zone)
        let count = irregular.values.reduce(0) { $0 + $1.count }
        throw SheetFault(
            "Could not infer a regular event frequency from the data. Most common frequency: "
                + "\(UploadSpacing.text(common)). Number of irregular intervals: \(count). "
                + "First irregular event start: \(start).", line: first.line)
    }

    private var mostCommon: Int64? {
        distances.max { a, b in
            a.value.count != b.value.count ? a.value.count < b.value.count : a.key > b.key
        }?.key
    }

    /// `0 days 00:13:00`
    private static func text(_ seconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let rest = seconds % 86_400
        return "\(seconds / 86_400) days \(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    }
}
