import EnergyCore
import Store

/// Turns the beliefs of one sensor into chart records: medians, order, and the resolution that all sensors share.
struct ChartAssembly {
    private struct Record {
        let start: Int64
        let source: DataSourceID
        /// Place of the source's description in alphabetical order.
        let place: Int
        let horizon: Int64
        var value: Double
    }

    private let sensor: Sensor
    private let sources: [DataSourceID: DataSource]
    /// Length of the records' events.
    private let resolution: TimeSpan
    private var records: [Record] = []

    init(of sensor: Sensor, sources: [DataSourceID: DataSource], shownAt resolution: TimeSpan) {
        self.sensor = sensor
        self.sources = sources
        self.resolution = sensor.resolution == .zero ? .zero : resolution
    }

    /// Takes beliefs in key order.
    mutating func add(_ beliefs: BeliefColumns, latestVersionOnly: Bool) {
        let places = alphabeticalPlaces(of: beliefs.sources.withoutRepeats)
        records.reserveCapacity(beliefs.count)
        var probability = ProbabilityCode.half
        var known = (source: DataSourceID.min, place: 0)
        for index in 0..<beliefs.count {
            let (start, source, horizon) = (beliefs.starts[index], beliefs.sources[index], beliefs.horizons[index])
            if let last = records.last, last.start == start, last.source == source, last.horizon == horizon {
                // The median is the first value at or above one half, else the last one.
                guard probability < ProbabilityCode.half else { continue }
                records[records.count - 1].value = beliefs.values[index]
            } else {
                if source != known.source { known = (source, places[source] ?? 0) }
                records.append(
                    Record(
                        start: start, source: source, place: known.place, horizon: horizon,
                        value: beliefs.values[index]))
            }
            probability = beliefs.probabilities[index]
        }
        if latestVersionOnly { dropOlderVersions() }
        // Beliefs of one source about one event each, which is what most charts show, come in order.
        let isSorted = zip(records, records.dropFirst()).allSatisfy { !Self.comesFirst($1, $0) }
        if !isSorted { records.sort(by: Self.comesFirst) }
    }

    private static func comesFirst(_ a: Record, _ b: Record) -> Bool {
        if a.start != b.start { return a.start < b.start }
        return (a.place, -a.horizon, a.source) < (b.place, -b.horizon, b.source)
    }

    /// Writes the records, every event split into ones of the shared resolution.
    func fill(_ series: inout ChartData.Series) {
        series.reserveCapacity(records.count)
        if resolution == sensor.resolution { return fillUnsplit(&series) }
        let own = KnowledgeTimes(of: sensor)
        let shown = KnowledgeTimes(sensor.knowledgeHorizon, resolution: resolution)
        for (index, start) in split() {
            let record = records[index]
            let event = Instant(seconds: record.start)
            let believed = own.beliefTime(ofEventAt: event, horizon: TimeSpan(microseconds: record.horizon))
            series.starts.append(start)
            series.values.append(record.value)
            series.sources.append(record.source)
            series.horizons.append(shown.horizon(ofEventAt: start, believedAt: believed))
            series.beliefTimes.append(believed)
        }
    }

    private func fillUnsplit(_ series: inout ChartData.Series) {
        let knowledge = KnowledgeTimes(of: sensor)
        for record in records {
            let start = Instant(seconds: record.start)
            let horizon = TimeSpan(microseconds: record.horizon)
            series.starts.append(start)
            series.values.append(record.value)
            series.sources.append(record.source)
            series.horizons.append(horizon)
            series.beliefTimes.append(knowledge.beliefTime(ofEventAt: start, horizon: horizon))
        }
    }

    /// Which record each shown event repeats, and when that event starts: in time order, beliefs about one event in
    /// the order of `records`.
    private func split() -> [(record: Int, start: Instant)] {
        let steps = EventSteps(sensor.resolution, in: Zone.named(sensor.timezone) ?? .utc)
        var shown: [(record: Int, start: Instant)] = []
        var first = 0
        while first < records.count {
            var end = first
            while end < records.count, records[end].start == records[first].start { end += 1 }
            let start = Instant(seconds: records[first].start)
            let eventEnd = steps.instant(1, after: start)
            var part = start
            while part < eventEnd {
                for record in first..<end { shown.append((record, part)) }
                part = part + resolution
            }
            first = end
        }
        return shown
    }

    private func alphabeticalPlaces(of ids: Set<DataSourceID>) -> [DataSourceID: Int] {
        let described = ids.map { ($0, sources[$0]?.description ?? "") }
        let texts = Array(Set(described.map(\.1))).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let places = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($0.element, $0.offset) })
        return Dictionary(uniqueKeysWithValues: described.map { ($0.0, places[$0.1] ?? 0) })
    }

    /// What sources of the same line share: they are versions of each other.
    private func line(of id: DataSourceID) -> String {
        guard let source = sources[id] else { return "\(id)" }
        return [source.name, source.type, source.model ?? ""].joined(separator: "\u{0}")
    }

    private mutating func dropOlderVersions() {
        struct Key: Hashable {
            let start: Int64
            let horizon: Int64
            let line: String
        }
        func key(_ record: Record) -> Key {
            Key(start: record.start, horizon: record.horizon, line: line(of: record.source))
        }
        var latest: [Key: (version: SourceVersion, source: DataSourceID)] = [:]
        for record in records {
            let version = SourceVersion(sources[record.source]?.version)
            if let known = latest[key(record)], (known.version, known.source) > (version, record.source) { continue }
            latest[key(record)] = (version, record.source)
        }
        records = records.filter { latest[key($0)]?.source == $0.source }
    }
}

extension [DataSourceID] {
    /// The sources that occur. Neighbours mostly have the same, and are not looked up again.
    var withoutRepeats: Set<DataSourceID> {
        var found: Set<DataSourceID> = []
        var last: DataSourceID?
        for source in self where source != last {
            found.insert(source)
            last = source
        }
        return found
    }
}
