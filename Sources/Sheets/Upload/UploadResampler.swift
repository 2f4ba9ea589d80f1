import EnergyCore

/// Turns events of a file, in time order, into events of a sensor.
///
/// Finer events are averaged into the bins of the sensor's grid, or summed if they are totals; coarser ones are repeated, or
/// split if they are totals. Grid lines count from local midnight.
struct UploadResampler {
    private let spacing: EventSteps
    private let resolution: EventSteps
    private let isTotal: Bool
    private let zone: Zone
    private let mode: Mode

    private enum Mode {
        case direct, bins, parts, overlaps
    }

    /// The bin being filled.
    private var bin: Int64?
    private var sum = 0.0
    private var weight = 0.0
    private var belief: Int64?

    /// Receives start in seconds, value, belief time in microseconds.
    typealias Output = (Int64, Double, Int64?) throws -> Void

    init(spacing: TimeSpan, resolution: TimeSpan, isTotal: Bool, zone: Zone) {
        self.spacing = EventSteps(spacing, in: zone)
        self.resolution = EventSteps(resolution, in: zone)
        self.isTotal = isTotal
        self.zone = zone
        if spacing == resolution || resolution == .zero {
            mode = .direct
        } else if spacing < resolution {
            mode = .bins
        } else {
            mode = spacing.microseconds % resolution.microseconds == 0 ? .parts : .overlaps
        }
    }

    mutating func add(_ start: Int64, _ value: Double, belief: Int64?, to output: Output) throws {
        if value.isNaN { return }
        switch mode {
        case .direct: try output(start, value, belief)
        case .bins: try fill(gridStart(start), value, weight: 1, belief, output)
        case .parts: try split(start, value, belief, output)
        case .overlaps: try overlap(start, value, belief, output)
        }
    }

    /// Delivers the last bin.
    mutating func finish(to output: Output) throws {
        guard let start = bin, weight > 0 else { return }
        bin = nil
        try output(start, isTotal ? sum : sum / weight, belief)
    }

    private mutating func fill(
        _ start: Int64, _ value: Double, weight share: Double, _ formed: Int64?, _ output: Output
    ) throws {
        if bin != start {
            try finish(to: output)
            (bin, sum, weight, belief) = (start, 0, 0, nil)
        }
        sum += isTotal ? value : value * share
        weight += share
        // A bin is known when the last of its parts is.
        if let formed { belief = max(belief ?? formed, formed) }
    }

    private func split(_ start: Int64, _ value: Double, _ belief: Int64?, _ output: Output) throws {
        let end = spacing.instant(1, after: Instant(seconds: start))
        let starts = resolution.starts(from: Instant(seconds: start), until: end)
        let part = isTotal ? value / Double(starts.count) : value
        for start in starts { try output(start.seconds, part, belief) }
    }

    /// Spreads an event over the bins that it overlaps, for lengths that do not fit into each other.
    private mutating func overlap(_ start: Int64, _ value: Double, _ belief: Int64?, _ output: Output) throws {
        let end = spacing.instant(1, after: Instant(seconds: start)).seconds
        var grid = gridStart(start)
        while grid < end {
            let next = resolution.instant(1, after: Instant(seconds: grid)).seconds
            let share = Double(min(next, end) - max(grid, start)) / Double(end - start)
            if share > 0 { try fill(grid, isTotal ? value * share : value, weight: share, belief, output) }
            grid = next
        }
    }

    /// The last grid line at or before an instant.
    private func gridStart(_ second: Int64) -> Int64 {
        let instant = Instant(seconds: second)
        let date = zone.local(instant).date
        if let days = resolution.days {
            let number = date.daysSinceEpoch
            let back = ((number % days) + days) % days
            return zone.startOfDay(date.adding(days: -back)).seconds
        }
        let midnight = zone.startOfDay(date).seconds
        let size = resolution.span.microseconds / 1_000_000
        return midnight + (second - midnight) / size * size
    }
}
