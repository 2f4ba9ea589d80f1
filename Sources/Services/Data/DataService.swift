import EnergyCore
import Store

/// The data of sensors: reading, recording, deleting, statistics.
package struct DataService: Sendable {
    /// The most steps of one answer.
    static let longestAnswer = 5_000_000

    let context: ServiceContext

    package init(context: ServiceContext) {
        self.context = context
    }

    /// Values of a sensor in equal steps: one belief per event, chosen among those that count.
    ///
    /// - Parameter horizon: as of when; the query's own `prior` narrows it further.
    package func data(
        of id: SensorID, _ query: DataQuery, as horizon: BeliefHorizon, caller: Caller
    ) throws -> DataAnswer {
        // Clients are told about faults of the query before they are told about their rights.
        guard let sensor = try context.records().sensor(id) else { throw NotFound(.sensor, id) }
        let zone = Zone.named(sensor.timezone) ?? .utc
        let window = SeriesWindow(
            start: query.start, duration: query.duration, resolution: query.resolution,
            sensorResolution: sensor.resolution, zone: zone)
        try check(query, sensor, window)
        _ = try context.sensor(id, for: .read, caller)
        let filter = try self.filter(query, as: horizon)
        let range = EventRange(from: window.eventSeconds.from, until: window.eventSeconds.until)
        let chosen =
            try means(of: sensor, window, filter)
            ?? context.store.chosenBeliefs(of: sensor, in: range, filter: filter)
        let values = try answer(chosen, sensor, query, window)
        return DataAnswer(
            start: query.start, duration: window.statedDuration, resolution: window.statedResolution,
            unit: query.unit, values: values, window: window)
    }

    /// The mean over each step as one event per step, for steps longer than events: the own averaging of the answer has
    /// nothing left to do then, and no more is held than the answer, however long the window. nil where the events
    /// themselves are needed.
    private func means(
        of sensor: Sensor, _ window: SeriesWindow, _ filter: BeliefFilter
    ) throws -> ChosenBeliefs? {
        guard !window.isInstantaneous, window.resolution > sensor.resolution else { return nil }
        let steps = EventSteps(window.resolution, in: Zone.named(sensor.timezone) ?? .utc)
        var edges = window.stepStarts
        guard let last = edges.last, edges.allSatisfy({ $0.microseconds % 1_000_000 == 0 }) else { return nil }
        edges.append(steps.instant(1, after: last))
        let buckets = try context.store.read { [edges] in
            try $0.buckets(of: sensor, edges: edges.map(\.seconds), filter: filter)
        }
        var means = ChosenBeliefs()
        for bucket in buckets where bucket.count > 0 {
            means.starts.append(bucket.start)
            means.values.append(bucket.mean)
        }
        return means
    }

    private func answer(
        _ chosen: ChosenBeliefs, _ sensor: Sensor, _ query: DataQuery, _ window: SeriesWindow
    ) throws -> [Double] {
        do {
            return try window.answer(
                starts: chosen.starts, values: chosen.values, sensorUnit: sensor.unit, unit: query.unit)
        } catch {
            throw FieldErrors(FieldErrors.wholeInput, UnitRules.refusal(of: query.unit, for: sensor.unit))
        }
    }

    private func check(_ query: DataQuery, _ sensor: Sensor, _ window: SeriesWindow) throws {
        var errors = FieldErrors()
        if window.resolution <= .zero { errors.add("resolution", DataText.negativeResolution) }
        if window.stepCount > DataService.longestAnswer { errors.add("duration", DataText.tooLong) }
        let duration = window.isInstantaneous ? TimeSpan.zero : window.resolution
        if !UnitRules.accepts(query.unit, for: sensor.unit, duration: duration) {
            errors.add(FieldErrors.wholeInput, UnitRules.refusal(of: query.unit, for: sensor.unit))
        }
        if let text = query.type.refusalOfQuery(inUnit: query.unit) { errors.add(FieldErrors.wholeInput, text) }
        if let source = query.source, try context.records().sources[source] == nil {
            errors.add("source", NotFound(.source, source).message)
        }
        try errors.throwIfAny()
    }

    private func filter(_ query: DataQuery, as horizon: BeliefHorizon) throws -> BeliefFilter {
        var filter = BeliefFilter(horizon).believed(until: query.prior)
        filter.minimumHorizon = query.horizon
        switch query.type {
        case .meterData: filter.maximumHorizon = .zero
        case .prognosis: filter.minimumHorizon = max(query.horizon ?? .zero, .zero)
        case .sensorData, .priceData, .weatherData: break
        }
        filter.sources = try sources(query)
        return filter
    }

    /// nil: every source counts.
    private func sources(_ query: DataQuery) throws -> Set<DataSourceID>? {
        if query.source == nil, query.sourceTypes == nil, query.sourceAccount == nil,
            query.excludedSourceTypes.isEmpty
        {
            return nil
        }
        let records = try context.records()
        let matching = records.sources.values.filter { source in
            if let id = query.source, source.id != id { return false }
            if let types = query.sourceTypes, !types.contains(source.type) { return false }
            if query.excludedSourceTypes.contains(source.type) { return false }
            guard let account = query.sourceAccount else { return true }
            return source.userID.flatMap { records.users[$0] }?.accountID == account
        }
        return Set(matching.map(\.id))
    }
}
