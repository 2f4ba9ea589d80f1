import EnergyCore

/// What a series of values is: what was measured (or published), what was expected, what was planned.
package enum SeriesKind: Int, CaseIterable, Hashable, Sendable {
    case measured
    case forecast
    case plan

    /// The kind of a source, by its type.
    package init(sourceType: String) {
        self =
            switch sourceType {
            case "scheduler": .plan
            case "forecaster": .forecast
            default: .measured
            }
    }
}

/// Which part of a sensor's data is wanted, and how finely.
package struct SeriesQuery: Hashable, Sendable {
    package var sensor: SensorID
    package var start: Instant
    package var end: Instant
    /// Values closer together than this may be joined into one.
    package var step: TimeSpan
    /// nil: all kinds.
    package var kinds: Set<SeriesKind>?

    package init(sensor: SensorID, start: Instant, end: Instant, step: TimeSpan, kinds: Set<SeriesKind>? = nil) {
        self.sensor = sensor
        self.start = start
        self.end = end
        self.step = step
        self.kinds = kinds
    }
}

/// What holds from `start` to just before `end`: one value, or what several amount to.
package struct SeriesSample: Hashable, Sendable {
    package var start: Instant
    package var end: Instant
    package var minimum: Double
    package var maximum: Double
    package var mean: Double
    package var count: Int

    /// A single value.
    package init(_ value: Double, from start: Instant, to end: Instant) {
        self.init(start: start, end: end, minimum: value, maximum: value, mean: value, count: 1)
    }

    init(start: Instant, end: Instant, minimum: Double, maximum: Double, mean: Double, count: Int) {
        self.start = start
        self.end = end
        self.minimum = minimum
        self.maximum = maximum
        self.mean = mean
        self.count = count
    }

    /// In another unit, or with the other sign.
    package func scaled(by factor: Double) -> SeriesSample {
        let (low, high) = factor < 0 ? (maximum, minimum) : (minimum, maximum)
        return SeriesSample(
            start: start, end: end, minimum: low * factor, maximum: high * factor, mean: mean * factor, count: count)
    }
}

/// The range between the outermost quantiles of a probabilistic value.
package struct SeriesRange: Hashable, Sendable {
    package var start: Instant
    package var end: Instant
    package var lower: Double
    package var upper: Double

    /// In another unit, or with the other sign.
    package func scaled(by factor: Double) -> SeriesRange {
        let (low, high) = factor < 0 ? (upper, lower) : (lower, upper)
        return SeriesRange(start: start, end: end, lower: low * factor, upper: high * factor)
    }
}

/// All values of one kind.
package struct SeriesPart: Hashable, Sendable {
    package var kind: SeriesKind
    /// The sources that have any, by id.
    package var sources: [DataSource]
    package var samples: [SeriesSample]
    package var ranges: [SeriesRange] = []
    /// When the last value was recorded, whatever the window.
    package var lastBelief: Instant?

    package init(kind: SeriesKind, sources: [DataSource], samples: [SeriesSample]) {
        self.kind = kind
        self.sources = sources
        self.samples = samples
    }
}

/// The data of one sensor for a chart.
package struct SeriesData: Hashable, Sendable {
    package var sensor: Sensor
    /// In the order measured, forecast, plan; kinds without any value in the window are there with no samples when the
    /// sensor has such sources at all.
    package var parts: [SeriesPart]

    package init(sensor: Sensor, parts: [SeriesPart]) {
        self.sensor = sensor
        self.parts = parts
    }
}
