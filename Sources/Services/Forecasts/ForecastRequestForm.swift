import EnergyCore
import Store

/// Reads a trigger message and resolves its times.
struct ForecastRequestForm {
    let records: Directory
    let sensorID: SensorID
    /// Zone of dates without a time.
    let serverZone: Zone
    let planningHorizon: TimeSpan
    let now: Instant

    private struct Times {
        var start: Instant?
        var end: Instant?
        var duration: ISODuration?
        var horizon: TimeSpan?
        var frequency: TimeSpan?
    }

    /// - Throws: `FieldErrors` with the texts that clients know.
    func plan(_ message: JSONValue) throws(FieldErrors) -> ForecastPlan {
        guard let body = message.objectValue else { throw FieldErrors(FieldErrors.wholeInput, "Invalid input type.") }
        let sensor = records.sensor(sensorID)
        // On the top level a null counts as not given.
        var form = FieldForm(JSONObject(body.filter { !$0.value.isNull }.map { ($0.key, $0.value) }))
        if sensor == nil { form.refuse("sensor", NotFound(.sensor, sensorID).message) }
        var times = Times()
        times.start = form.moment("start", in: serverZone)
        times.end = form.moment("end", in: serverZone, inclusiveEnd: true)
        times.duration = form.duration("duration")
        times.horizon = span("max-forecast-horizon", &form)
        times.frequency = span("forecast-frequency", &form)
        let isProbabilistic = form.truth("probabilistic").value ?? false
        let prior = form.moment("prior", in: serverZone)
        for ignored in ["model-save-dir", "output-path"] { _ = form.text(ignored) }
        let config = form.read("config", or: "", { $0 }).value
        form.refuseUnknown()
        var faults = form.errors
        let reader = ForecastConfigForm(
            records: records, sensor: sensor, zone: serverZone, planningHorizon: planningHorizon)
        let settings = reader.read(config, &faults)
        try faults.throwIfAny()
        guard let sensor else { throw faults }
        var plan = try resolve(times, sensor: sensor, config: settings, prior: prior)
        plan.isProbabilistic = isProbabilistic
        return plan
    }

    private func span(_ field: String, _ form: inout FieldForm) -> TimeSpan? {
        guard let duration = form.duration(field) else { return nil }
        return duration.absolute ?? duration.grounded(from: now, in: serverZone)
    }

    private func resolve(
        _ times: Times, sensor: Sensor, config: ForecastConfig, prior: Instant?
    ) throws(FieldErrors) -> ForecastPlan {
        guard sensor.resolution > .zero else {
            throw FieldErrors("sensor", "Cannot forecast an instantaneous sensor.")
        }
        if times.start != nil, times.end != nil, times.duration != nil {
            throw FieldErrors("duration", "Provide 'duration' with either 'start' or 'end', but not with both.")
        }
        if let duration = times.duration, duration.grounded(from: now, in: serverZone) <= .zero {
            throw FieldErrors("duration", "duration must be longer than zero")
        }
        let zone = Zone.named(sensor.timezone) ?? .utc
        let (start, end) = bounds(times, sensor: sensor, zone: zone)
        guard end > start else { throw FieldErrors("start", "start must be before end") }
        try checkMultiples(times, resolution: sensor.resolution)
        var period = end - start
        if let horizon = times.horizon {
            if times.duration != nil, horizon < period {
                throw FieldErrors(
                    "max_forecast_horizon",
                    "This combination of parameters will not yield forecasts for the entire prediction window.")
            }
            if horizon > period {
                throw FieldErrors(
                    "max_forecast_horizon", "max-forecast-horizon must be less than or equal to predict-period")
            }
            if times.frequency == nil { period = horizon }
        }
        let horizon = times.horizon ?? period
        let frequency = times.frequency ?? min(horizon, period)
        return ForecastPlan(
            start: start, end: start + period, believedAt: prior ?? (times.start == nil ? now : start),
            horizon: horizon,
            frequency: frequency, cycle: max(config.retrainFrequency, frequency), prior: prior, config: config)
    }

    private func bounds(_ times: Times, sensor: Sensor, zone: Zone) -> (start: Instant, end: Instant) {
        let step = sensor.resolution.microseconds
        let floored = Instant(microseconds: now.microseconds - ((now.microseconds % step) + step) % step)
        var start = times.start ?? floored
        if times.start == nil, let end = times.end, let duration = times.duration {
            start = (-duration).end(from: end, in: zone)
        }
        let end = times.end ?? (times.duration ?? ISODuration(span: planningHorizon)).end(from: start, in: zone)
        return (start, end)
    }

    private func checkMultiples(_ times: Times, resolution: TimeSpan) throws(FieldErrors) {
        var faults = FieldErrors()
        for (name, span) in [("max-forecast-horizon", times.horizon), ("forecast-frequency", times.frequency)] {
            guard let span else { continue }
            if span <= .zero || span.microseconds % resolution.microseconds != 0 {
                faults.add(
                    FieldErrors.wholeInput,
                    "\(name) must be a multiple of the sensor resolution (\(resolution.clockText))")
            }
        }
        try faults.throwIfAny()
    }
}
