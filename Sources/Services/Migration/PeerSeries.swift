import EnergyCore

/// All that one source of another server has said about one of its sensors.
package struct PeerSeries: Hashable, Sendable {
    /// Id of the source there.
    package let source: Int
    /// What the source is called there.
    package let description: String
    package let start: Instant
    /// End of the last event.
    package let end: Instant
    /// When the source last said something.
    package let recorded: Instant
    /// How many beliefs there are.
    package let count: Int

    /// Reads what the server's statistics of a sensor say; the series by their sources' ids.
    package static func list(of statistics: JSONValue) -> [PeerSeries] {
        (statistics.objectValue.map(Array.init) ?? []).compactMap { name, value in
            guard let open = name.lastIndex(of: "("), name[open...].hasPrefix("(ID: "), name.hasSuffix(")"),
                let source = Int(name[open...].dropFirst(5).dropLast()),
                let start = instant(value["First event start"]), let end = instant(value["Last event end"])
            else { return nil }
            return PeerSeries(
                source: source, description: name[..<open].trimmingSuffix(while: \.isWhitespace), start: start,
                end: end,
                recorded: instant(value["Last recorded"]) ?? end, count: value["Number of values"]?.intValue ?? 0)
        }.sorted { $0.source < $1.source }
    }

    private static func instant(_ value: JSONValue?) -> Instant? {
        value?.stringValue.flatMap { try? Instant(parsing: $0) }
    }

    /// The stretches in which a sensor's values are asked for, from a moment on, the earliest first.
    package func windows(of sensor: Sensor, from mark: Instant?) -> [PeerWindow] {
        let grid = PeerGrid(sensor)
        // Readings at moments have no end of their own.
        let end = sensor.resolution == .zero ? self.end + grid.step : self.end
        var windows: [PeerWindow] = []
        var start = max(mark ?? self.start, self.start)
        while start < end {
            let count = min(PeerGrid.longestWindow, grid.steps(from: start, until: end))
            windows.append(PeerWindow(start: start, count: count, grid: grid))
            start = grid.instant(count, after: start)
        }
        return windows
    }
}

/// The steps in which values of a sensor are asked for.
package struct PeerGrid: Hashable, Sendable {
    /// So many values come in one answer.
    static let longestWindow = 20_000

    package let step: TimeSpan
    private let days: Int
    private let zone: Zone

    init(_ sensor: Sensor) {
        // Readings at moments are found where they sit on whole minutes.
        step = sensor.resolution == .zero ? .minutes(1) : sensor.resolution
        let day = TimeSpan.days(1).microseconds
        days = step.microseconds % day == 0 ? Int(step.microseconds / day) : 0
        zone = Zone.named(sensor.timezone) ?? .utc
    }

    func instant(_ count: Int, after start: Instant) -> Instant {
        days > 0 ? zone.adding(days: days * count, to: start) : start + step * count
    }

    func steps(from start: Instant, until end: Instant) -> Int {
        // A local day may have an hour more or less.
        let span = end - start - (days > 0 ? .hours(2) : .zero)
        return max(1, Int((span.microseconds + step.microseconds - 1) / step.microseconds))
    }
}

/// One question for values.
package struct PeerWindow: Hashable, Sendable {
    package let start: Instant
    package let count: Int
    let grid: PeerGrid

    package var end: Instant { grid.instant(count, after: start) }
    package var step: TimeSpan { grid.step }

    func instant(_ index: Int) -> Instant { grid.instant(index, after: start) }
}

extension Substring {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, isDropped(last) { text.removeLast() }
        return String(text)
    }
}
