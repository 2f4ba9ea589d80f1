import EnergyCore
import Forecasting
import Store

/// Reads from the store what a forecast is made from, as it was known at the viewpoint.
struct ForecastReadings {
    let transaction: ReadTransaction
    let records: Directory
    let sensor: Sensor
    let config: ForecastConfig

    /// How far back observations are looked for.
    private static let reach = TimeSpan.days(365)

    /// - Parameters:
    ///   - start: first event to forecast; events from there on are not known, whatever is stored.
    ///   - believedAt: data recorded later do not count, unless nothing at all was recorded by then and `prior` does not
    ///     insist: a history that was loaded afterwards is a history all the same.
    func input(from start: Instant, until end: Instant, believedAt: Instant, prior: Instant?) throws -> ForecastInput {
        let step = sensor.resolution
        let reach = min(Self.reach, max(config.maxTrainingPeriod, .days(2)))
        let count = Int(reach.microseconds / step.microseconds)
        let first = start - step * count
        let horizon = max(1, Int((end - start).microseconds / step.microseconds))
        var grid = Grid(start: first, step: step, count: count)
        let cutoff = max(believedAt, start)
        try fill(&grid, sensor: sensor, filter: measured(), believedUntil: prior ?? cutoff, until: start)
        if prior == nil, grid.isEmpty {
            try fill(&grid, sensor: sensor, filter: measured(), believedUntil: nil, until: start)
        }
        guard !grid.isEmpty else { throw notEnough(from: first, to: start) }
        try checkMissing(grid.values)
        let zone = Zone.named(sensor.timezone) ?? .utc
        var input = ForecastInput(
            start: first, resolution: step, values: grid.values, horizon: horizon,
            utcOffset: { .seconds(Int64(zone.offset(at: $0))) })
        input.trainStart = trainStart(before: start)
        input.limits = limits
        let span = Grid(start: first, step: step, count: count + horizon)
        input.regressors = try regressors(
            on: span, viewpoint: start, believedUntil: prior ?? cutoff, mayLookLater: prior == nil)
        input.holidays = try holidays(from: first, until: end)
        return input
    }

    private var limits: ValueLimits {
        var lower = config.lower
        if config.ensuresPositive == true { lower = max(lower ?? 0, 0) }
        return ValueLimits(
            lower: lower, upper: config.upper,
            snaps: config.snaps.map { ValueLimits.Snap(target: $0.target, first: $0.first, second: $0.second) })
    }

    /// The latest of what the configuration says about the start of training; nil when it says nothing.
    private func trainStart(before start: Instant) -> Instant? {
        let bounds = [config.trainStart, config.trainPeriod.map { start - $0 }].compactMap { $0 }
        return bounds.max().map { min($0, start - .days(2)) }
    }

    /// All sources but forecasters: schedules and values posted for the future are data.
    private func measured() -> Set<DataSourceID> {
        Set(records.sources.values.filter { $0.type != "forecaster" }.map(\.id))
    }

    private func fill(
        _ grid: inout Grid, sensor: Sensor, filter sources: Set<DataSourceID>?, believedUntil: Instant?,
        from: Instant? = nil, until: Instant
    ) throws {
        var filter = BeliefFilter(.live)
        filter.sources = sources
        filter.believedUntil = believedUntil
        let chosen = try transaction.chosenBeliefs(
            of: sensor, in: EventRange(from: (from ?? grid.start) - sensor.resolution, until: until), filter: filter)
        let length = max(1, Int(sensor.resolution.microseconds / grid.step.microseconds))
        for (second, value) in zip(chosen.starts, chosen.values) {
            grid.put(value, at: Instant(seconds: second), length: length, until: until, from: from)
        }
    }

    private func checkMissing(_ values: [Double]) throws {
        guard let first = values.firstIndex(where: { !$0.isNaN }), let last = values.lastIndex(where: { !$0.isNaN })
        else { return }
        let share = Double(values[first...last].count { $0.isNaN }) / Double(last - first + 1)
        guard share > config.missingThreshold else { return }
        throw JobFailure(
            errorClass: "str",
            message: "Sensor \(sensor.name) has \(Self.percent(share))% missing values which exceeds the allowed "
                + "threshold of \(Self.percent(config.missingThreshold))%")
    }

    /// With one digit after the point.
    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func notEnough(from: Instant, to: Instant) -> JobFailure {
        let zone = Zone.named(sensor.timezone) ?? .utc
        return JobFailure(
            errorClass: "str",
            message: "Not enough data to forecast sensor \(sensor.id): no observations between "
                + "\(from.text(in: zone)) and \(to.text(in: zone))")
    }

    private func regressors(
        on span: Grid, viewpoint: Instant, believedUntil: Instant, mayLookLater: Bool
    ) throws -> [Regressor] {
        let future = config.futureRegressors
        let past = config.pastRegressors.filter { !future.contains($0) }
        var result: [Regressor] = []
        for (reference, isPastOnly) in future.map({ ($0, false) }) + past.map({ ($0, true) }) {
            guard let other = records.sensor(reference.sensor) else { continue }
            var grid = span
            let end = span.start + span.step * span.count
            // Forecasts stand in where nothing was measured; measurements win.
            try fill(&grid, sensor: other, filter: sources(of: reference), believedUntil: believedUntil, until: end)
            let known = measured()
            let realised = sources(of: reference).map { $0.intersection(known) } ?? known
            try fill(&grid, sensor: other, filter: realised, believedUntil: believedUntil, until: viewpoint)
            if grid.isEmpty, mayLookLater {
                try fill(&grid, sensor: other, filter: realised, believedUntil: nil, until: viewpoint)
            }
            if isPastOnly { grid.forget(from: viewpoint) }
            result.append(Regressor(name: other.name, values: grid.values, isPastOnly: isPastOnly))
        }
        for reference in config.annotationRegressors {
            var grid = Grid(start: span.start, step: span.step, count: span.count, value: 0)
            let end = span.start + span.step * span.count
            for remark in try transaction.annotations(of: reference.target, from: span.start, to: end)
            where remark.type == reference.type && (reference.name == nil || reference.name == remark.content) {
                grid.put(1, from: remark.start, until: remark.end)
            }
            result.append(Regressor(name: reference.name ?? reference.type, values: grid.values))
        }
        return result
    }

    private func sources(of reference: ForecastConfig.RegressorReference) -> Set<DataSourceID>? {
        if reference.sources.isEmpty, reference.sourceTypes.isEmpty, reference.excludedSourceTypes.isEmpty {
            return nil
        }
        let allowed = records.sources.values.filter { source in
            (reference.sources.isEmpty || reference.sources.contains(source.id))
                && (reference.sourceTypes.isEmpty || reference.sourceTypes.contains(source.type))
                && !reference.excludedSourceTypes.contains(source.type)
        }
        return Set(allowed.map(\.id))
    }

    /// Days off of the sensor, its asset and its account.
    private func holidays(from start: Instant, until end: Instant) throws -> [Range<Instant>] {
        var targets = [AnnotationTarget.sensor(sensor.id), .asset(sensor.assetID)]
        if let account = records.asset(sensor.assetID)?.accountID { targets.append(.account(account)) }
        return try targets.flatMap { try transaction.annotations(of: $0, from: start, to: end) }
            .filter { $0.type == "holiday" && $0.end > $0.start }
            .map { $0.start..<$0.end }
    }
}

/// Values on a regular grid that is filled from events.
private struct Grid {
    let start: Instant
    let step: TimeSpan
    let count: Int
    private(set) var values: [Double]

    init(start: Instant, step: TimeSpan, count: Int, value: Double = .nan) {
        self.start = start
        self.step = step
        self.count = count
        values = Array(repeating: value, count: count)
    }

    var isEmpty: Bool { values.allSatisfy(\.isNaN) }

    private func index(_ moment: Instant) -> Int {
        let offset = (moment - start).microseconds
        return Int(offset >= 0 ? offset / step.microseconds : (offset - step.microseconds + 1) / step.microseconds)
    }

    /// A value of an event that covers `length` intervals. Of several events in one interval the first counts.
    mutating func put(_ value: Double, at moment: Instant, length: Int, until: Instant, from: Instant?) {
        let first = index(moment)
        if length == 1, first >= 0, first < count, lastEvent == first { return }
        lastEvent = first
        let low = max(first, from.map(index) ?? 0, 0)
        let high = min(first + length, count)
        if low < high { for i in low..<high { values[i] = value } }
    }

    private var lastEvent = -1

    mutating func put(_ value: Double, from: Instant, until: Instant) {
        let low = max(index(from), 0)
        let high = min(index(until - TimeSpan(microseconds: 1)) + 1, count)
        if low < high { for i in low..<high { values[i] = value } }
    }

    mutating func forget(from moment: Instant) {
        let low = max(index(moment), 0)
        if low < count { for i in low..<count { values[i] = .nan } }
    }
}
