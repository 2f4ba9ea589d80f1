import EnergyCore

/// What a series of values is: what was measured (or published), what was expected, what was planned.
package enum SeriesKind: Int, CaseIterable, Hashable, Sendable {
    case measured
    case forecast
    case plan

    /// The kind of a source, by its type.
    package init(sourceType: String) {
        self = switch sourceType {
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

    /// In another unit.
    package func scaled(by factor: Double) -> SeriesSample {
        SeriesSample(
            start: start, end: end, minimum: minimum * factor, maximum: maximum * factor, mean: mean * factor, count: count)
    }
}

/// The range between the outermost quantiles of a probabilistic value.
package struct SeriesRange: Hashable, Sendable {
    package var start: Instant
    package var end: Instant
    package var lower: Double
    package var upper: Double

    /// In another unit.
    package func scaled(by factor: Double) -> SeriesRange {
        SeriesRange(start: start, end: end, lower: lower * factor, upper: upper * factor)
    }
}

/// All values of one kind.
package struct SeriesPart: Hashable, Sendable {
    package var kind: SeriesKind
    /// The sources that have any, by id.
    package var sources: [DataSource]
    package var samples: [SeriesSample]
    package var ranges: [SeriesRange] = []
}

/// The data of one sensor for a chart.
package struct SeriesData: Hashable, Sendable {
    package var sensor: Sensor
    /// In the order measured, forecast, plan; kinds without any value in the window are there with no samples when the
    /// sensor has such sources at all.
    package var parts: [SeriesPart]
}
