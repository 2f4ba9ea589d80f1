import EnergyCore
import Store

extension SeriesService {
    /// How many minutes after each event could be known its first value was recorded, for data that are measured or
    /// published: whether a sensor is late today or has always been. Empty for windows of more events than can be looked at
    /// one by one.
    package func arrivalDelays(
        of id: SensorID, from start: Instant, to end: Instant, as horizon: BeliefHorizon, caller: Caller
    ) throws -> [SeriesSample] {
        let sensor = try context.sensor(id, for: .read, caller)
        let step = sensor.resolution == .zero ? TimeSpan.minutes(1) : sensor.resolution
        guard start < end, (end - start).microseconds / step.microseconds <= Self.mostArrivals else { return [] }
        let records = try context.records()
        return try context.store.read { transaction in
            let sources = try transaction.sourcesWithData(of: id).filter {
                records.sources[$0.source].map { SeriesKind(sourceType: $0.type) } == .measured
            }
            var filter = BeliefFilter(horizon)
            filter.sources = Set(sources.map(\.source))
            // What was said beforehand is no arrival.
            filter.maximumHorizon = .zero
            let found = try transaction.beliefs(of: sensor, in: EventRange(from: start, until: end), filter: filter)
            var first: [Int64: Int64] = [:]
            for index in found.starts.indices {
                first[found.starts[index]] = max(first[found.starts[index]] ?? .min, found.horizons[index])
            }
            return first.sorted { $0.key < $1.key }.map { event, horizon in
                let begin = Instant(seconds: event)
                return SeriesSample(Double(-horizon) / 60e6, from: begin, to: begin + sensor.resolution)
            }
        }
    }

    private static var mostArrivals: Int64 { 10_000 }
}
