import EnergyCore
import Store

/// What a client that asks for the forecasts of a job is to hear.
package enum ForecastAnswer: Hashable, Sendable {
    /// No job of that id is about forecasts; the sentence says so.
    case unknown(sentence: String)
    /// The job is about another sensor.
    case otherSensor(sentence: String)
    /// Not over yet, or cancelled: state (`QUEUED`, `STARTED`, `DEFERRED`, `CANCELED`) and sentence.
    case pending(status: String, sentence: String)
    case failed(sentence: String)
    /// Finished, but nothing is stored.
    case nothing
    /// The job stands for several others.
    case several([JobID])
    case found(ForecastValues)
}

/// The forecasts that a job led to, as they are stored now.
package struct ForecastValues: Hashable, Sendable {
    package var sensor: Sensor
    /// First event with a forecast.
    package var start: Instant
    package var duration: TimeSpan
    /// Medians in the sensor's unit, one per interval; nil where there is no forecast.
    package var values: [Double?]
}

extension ForecastService {
    /// The forecasts of a job; throws `NotFound` and `AccessError` for the sensor.
    package func answer(for id: JobID, sensor sensorID: SensorID, as caller: Caller) throws -> ForecastAnswer {
        let sensor = try context.sensor(sensorID, for: .read, caller)
        guard let job = try jobs.find(id), job.queue == "forecasting" else {
            return .unknown(sentence: NotFound(.job, id: id).message)
        }
        if let other = job.sensorID, other != sensorID {
            return .otherSensor(
                sentence: "Sensor ID mismatch: job \(id) is for sensor \(other), not sensor \(sensorID).")
        }
        switch job.state {
        case .queued: return .pending(status: "QUEUED", sentence: "Forecasting job waiting to be processed.")
        case .started: return .pending(status: "STARTED", sentence: "Forecasting job in progress.")
        case .canceled: return .pending(status: "CANCELED", sentence: "Forecasting job has been cancelled.")
        case .deferred: return .pending(status: "DEFERRED", sentence: try waitingSentence(job))
        case .failed: return .failed(sentence: "Forecasting job failed with str: \(job.error ?? "").")
        case .finished: return try finished(job, sensor)
        }
    }

    private func waitingSentence(_ job: Job) throws -> String {
        let other = try jobs.needs(of: job.id).first { !$0.state.isOver }
        return other.map { "Forecasting job waiting for \($0.state.name) job \"\($0.id)\" to be processed." }
            ?? "Forecasting job waiting for unknown job to be processed."
    }

    private func finished(_ job: Job, _ sensor: Sensor) throws -> ForecastAnswer {
        if !job.parts.isEmpty { return .several(job.parts) }
        guard let source = job.payload["source"]?.intValue else { return .nothing }
        let plan = try ForecastPlanning(context: context).plan(from: job.payload, sensor: sensor)
        var filter = BeliefFilter(.live)
        filter.sources = [source]
        let last = plan.end - sensor.resolution + TimeSpan(microseconds: 1)
        let chosen = try context.store.read {
            try $0.chosenBeliefs(of: sensor, in: EventRange(from: plan.start, until: last), filter: filter)
        }
        guard let first = chosen.starts.first, let final = chosen.starts.last else { return .nothing }
        let step = sensor.resolution.microseconds
        let count = Int((final - first) * 1_000_000 / step) + 1
        var values = [Double?](repeating: nil, count: count)
        for (start, value) in zip(chosen.starts, chosen.values) {
            values[Int((start - first) * 1_000_000 / step)] = value
        }
        return .found(
            ForecastValues(
                sensor: sensor, start: Instant(seconds: first), duration: sensor.resolution * count, values: values))
    }
}
