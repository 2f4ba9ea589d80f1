import EnergyCore
import Store

/// Compares the latest measured values with the limits that flex-model and flex-context state: state of charge with its
/// minimum and maximum, the power of a site with its capacity.
struct LimitWatch {
    /// Older values say nothing about now.
    private static let oldest = TimeSpan.hours(24)
    /// Readings scatter around a limit that is kept.
    private static let tolerance = 0.001

    let records: Directory
    let now: Instant
    let transaction: ReadTransaction

    func breaches(of asset: Asset) throws -> [Alarm] {
        try chargeBreaches(of: asset) + powerBreaches(of: asset)
    }

    private func chargeBreaches(of asset: Asset) throws -> [Alarm] {
        guard let fields = asset.flexModel?.objectValue, fields["state-of-charge"] != nil,
            let model = try? FlexModel(parsing: fields, in: FlexModelScope(lookup: records, sensor: nil)),
            let sensor = model.stateOfCharge, let charge = try latest(of: sensor, as: .energy)
        else { return [] }
        var alarms: [Alarm] = []
        if let least = model.socMin, charge.value < least - margin(least) {
            alarms.append(alarm(asset, sensor, "soc-min", "state of charge below its minimum", charge, least, "MWh"))
        }
        if let most = model.socMax, charge.value > most + margin(most) {
            alarms.append(alarm(asset, sensor, "soc-max", "state of charge above its maximum", charge, most, "MWh"))
        }
        return alarms
    }

    private func powerBreaches(of asset: Asset) throws -> [Alarm] {
        guard asset.flexContext["aggregate-power"] != nil, asset.flexContext["site-power-capacity"] != nil,
            let flexContext = try? FlexContext(parsing: asset.flexContext, lookup: records),
            let sensor = flexContext.aggregatePower, case .fixed(let capacity)? = flexContext.sitePowerCapacity,
            let power = try latest(of: sensor, as: .power), abs(power.value) > capacity + margin(capacity)
        else { return [] }
        return [
            alarm(asset, sensor, "site-power-capacity", "power beyond the capacity of the site", power, capacity, "MW")
        ]
    }

    private func margin(_ limit: Double) -> Double { abs(limit) * Self.tolerance + 1e-9 }

    private func latest(of sensor: Sensor, as measure: FlexMeasure) throws -> (value: Double, start: Instant)? {
        guard let reference = SensorReference(sensor, as: measure),
            let belief = try transaction.latestBelief(of: sensor, filter: BeliefFilter(.asOf(now))),
            belief.eventStart > now - Self.oldest, belief.eventStart <= now
        else { return nil }
        return (reference.value(of: belief.value, stepHours: sensor.resolution.inHours), belief.eventStart)
    }

    private func alarm(
        _ asset: Asset, _ sensor: Sensor, _ limit: String, _ words: String, _ reading: (value: Double, start: Instant),
        _ bound: Double, _ unit: String
    ) -> Alarm {
        var alarm = Alarm(
            key: "breach:\(asset.id):\(limit)", kind: .breach, title: "\(asset.name): \(words)",
            detail: "\(NumberText.text(reading.value)) \(unit), limit \(NumberText.text(bound)) \(unit)")
        alarm.assetID = asset.id
        alarm.sensorID = sensor.id
        alarm.since = reading.start
        return alarm
    }
}
