import EnergyCore
import Store

/// Data of sensors as charts need them: as finely as there is room for, kept apart by kind.
package struct SeriesService: Sendable {
    let context: ServiceContext

    package init(context: ServiceContext) {
        self.context = context
    }

    /// The data of several sensors in one window, from one look at the store. Sensors that are gone are left out.
    package func series(_ queries: [SeriesQuery], as horizon: BeliefHorizon, caller: Caller) throws -> [SeriesData] {
        let records = try context.records()
        let wanted = try queries.compactMap { query -> (SeriesQuery, Sensor)? in
            guard let sensor = records.sensor(query.sensor) else { return nil }
            try AccessPolicy.require(.read, on: records.resource(sensor), for: caller)
            return (query, sensor)
        }
        return try context.store.read { transaction in
            try wanted.map { query, sensor in
                let reaches = try transaction.sourcesWithData(of: sensor.id)
                let held = reaches.compactMap { records.sources[$0.source] }
                let groups = Dictionary(grouping: held) { SeriesKind(sourceType: $0.type) }
                let parts = try SeriesKind.allCases.compactMap { kind -> SeriesPart? in
                    guard let sources = groups[kind], query.kinds?.contains(kind) ?? true else { return nil }
                    var filter = BeliefFilter(horizon)
                    // Without a filter the store can answer from its roll-ups.
                    if groups.count > 1 { filter.sources = Set(sources.map(\.id)) }
                    var part = try part(kind, sources.sorted { $0.id < $1.id }, of: sensor, query, filter, transaction)
                    let ids = Set(sources.map(\.id))
                    part.lastBelief = reaches.lazy.filter { ids.contains($0.source) }.map(\.lastBelief).max()
                    return part
                }
                return SeriesData(sensor: sensor, parts: parts)
            }
        }
    }

    private func part(
        _ kind: SeriesKind, _ sources: [DataSource], of sensor: Sensor, _ query: SeriesQuery, _ filter: BeliefFilter,
        _ transaction: ReadTransaction
    ) throws -> SeriesPart {
        if let edges = SeriesBins.edges(for: query, sensor: sensor) {
            let buckets = try transaction.buckets(of: sensor, edges: edges, filter: filter)
            let samples = buckets.filter { $0.count > 0 }.map {
                SeriesSample(
                    start: Instant(seconds: $0.start), end: Instant(seconds: $0.end), minimum: $0.minimum,
                    maximum: $0.maximum, mean: $0.mean, count: $0.count)
            }
            return SeriesPart(kind: kind, sources: sources, samples: samples)
        }
        // An event that began before the window may reach into it; of readings the last one before it is wanted too.
        let reach = sensor.resolution > .zero ? sensor.resolution : TimeSpan.hours(1)
        let range = EventRange(from: query.start - reach, until: query.end)
        let chosen = try transaction.chosenBeliefs(of: sensor, in: range, filter: filter)
        var part = SeriesPart(kind: kind, sources: sources, samples: [])
        part.samples = chosen.starts.indices.compactMap { index in
            let value = chosen.values[index]
            guard !value.isNaN else { return nil }
            let start = Instant(seconds: chosen.starts[index])
            return SeriesSample(
                start: start, end: start + sensor.resolution, minimum: value, maximum: value, mean: value, count: 1)
        }
        if kind == .forecast { part.ranges = try ranges(of: sensor, range, filter, transaction) }
        return part
    }

    private func ranges(
        of sensor: Sensor, _ range: EventRange, _ filter: BeliefFilter, _ transaction: ReadTransaction
    ) throws -> [SeriesRange] {
        let columns = try transaction.latestBeliefs(of: sensor, in: range, filter: filter)
        var result: [SeriesRange] = []
        for index in columns.starts.indices where columns.probabilities[index] != ProbabilityCode.half {
            let start = Instant(seconds: columns.starts[index])
            let value = columns.values[index]
            if let last = result.indices.last, result[last].start == start {
                result[last].lower = min(result[last].lower, value)
                result[last].upper = max(result[last].upper, value)
            } else {
                result.append(SeriesRange(start: start, end: start + sensor.resolution, lower: value, upper: value))
            }
        }
        return result
    }

    /// The newest value of each kind about events that have begun by a moment, looking back no further than `reach`.
    package func latest(
        of sensors: [SensorID], at moment: Instant, reach: TimeSpan, as horizon: BeliefHorizon, caller: Caller
    ) throws -> [SensorID: [SeriesKind: SeriesSample]] {
        var result: [SensorID: [SeriesKind: SeriesSample]] = [:]
        let queries = sensors.map {
            SeriesQuery(sensor: $0, start: moment - reach, end: moment + TimeSpan(microseconds: 1), step: .zero)
        }
        for data in try series(queries, as: horizon, caller: caller) {
            for part in data.parts {
                if let last = part.samples.last { result[data.sensor.id, default: [:]][part.kind] = last }
            }
        }
        return result
    }
}

/// Chooses bins for windows that hold more events than can be shown.
enum SeriesBins {
    /// Borders in seconds since 1970, of quarter-hours, hours or local days; nil when single values are to be shown.
    static func edges(for query: SeriesQuery, sensor: Sensor) -> [Int64]? {
        let step = query.step.inSeconds
        guard let length = [86_400.0, 3600, 900].first(where: { $0 <= step && $0 > sensor.resolution.inSeconds }) else {
            return nil
        }
        if sensor.resolution == .zero, length < 3600 { return nil }
        if length == 86_400 { return days(query, in: Zone.named(sensor.timezone) ?? .utc) }
        let size = Int64(length)
        let first = query.start.seconds / size * size - (query.start.seconds < 0 ? size : 0)
        return Array(stride(from: first, to: query.end.seconds + size, by: Int(size)))
    }

    private static func days(_ query: SeriesQuery, in zone: Zone) -> [Int64] {
        var edges: [Int64] = []
        var next = zone.startOfDay(containing: query.start)
        while next < query.end {
            edges.append(next.seconds)
            next = zone.adding(days: 1, to: next)
        }
        edges.append(next.seconds)
        return edges
    }
}
