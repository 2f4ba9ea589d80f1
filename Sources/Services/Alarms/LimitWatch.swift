import EnergyCore
import Store

/// Compares the latest measured values with the limits that flex-model and flex-context state.
struct LimitWatch {
    /// Older values say nothing about now.
    private static let oldest = TimeSpan.hours(24)
    /// Readings scatter around a limit that is kept.
    private static let tolerance = 0.001

    let records: Directory
    let now: Instant
    let transaction: ReadTransaction

    /// The limits on one sensor that its latest value breaks.
    func breaches(of limits: [WatchedLimit], on id: SensorID) throws -> [Alarm] {
        guard let sensor = records.sensor(id),
            let belief = try transaction.latestBelief(of: sensor, filter: BeliefFilter(.asOf(now))),
            belief.eventStart > now - Self.oldest, belief.eventStart <= now
        else { return [] }
        return limits.compactMap { limit in
            guard let asset = records.asset(limit.asset),
                let reference = SensorReference(sensor, as: limit.measure)
            else { return nil }
            let value = reference.value(of: belief.value, stepHours: sensor.resolution.inHours)
            guard limit.isBroken(by: value, tolerance: Self.tolerance) else { return nil }
            return alarm(asset, limit, value, since: belief.eventStart)
        }
    }

    private func alarm(_ asset: Asset, _ limit: WatchedLimit, _ value: Double, since: Instant) -> Alarm {
        let unit = limit.measure == .energy ? "MWh" : "MW"
        var alarm = Alarm(
            key: "breach:\(asset.id):\(limit.field)", kind: .breach, title: "\(asset.name): \(limit.words)",
            detail: "\(NumberText.text(value)) \(unit), limit \(NumberText.text(limit.bound)) \(unit)")
        alarm.assetID = asset.id
        alarm.sensorID = limit.sensor
        alarm.since = since
        return alarm
    }
}
