import EnergyCore
import Glibc
import Store

/// One figure of an asset.
package struct KPIValue: Hashable, Sendable {
    package let title: String
    package let unit: String
    package let sensor: SensorID
    /// Rounded to two decimals.
    package let value: Double
    package let function: KPIEntry.Function
    /// How many values it was made from; of none, clients get a zero.
    package let count: Int

    /// The figure as clients get it.
    package var json: JSONObject {
        [
            "title": .string(title), "unit": .string(unit), "sensor": .int(Int64(sensor)),
            "downsample_value": .number(value), "downsample_function": .string(function.rawValue),
        ]
    }
}

/// Which events figures are about.
package struct KPIQuery: Hashable, Sendable {
    /// Events that start then or later.
    package var start: Instant
    /// Events that start before.
    package var end: Instant

    package init(start: Instant, end: Instant) {
        self.start = start
        self.end = end
    }

    /// Reads the fields of a request, in the names and words of the API.
    package init(fields: JSONObject) throws(FieldErrors) {
        var form = FieldForm(fields)
        let start = form.datetime("start", required: true)
        let end = form.datetime("end", required: true)
        try form.errors.throwIfAny()
        guard let start, let end else { throw form.errors }
        self.init(start: start.instant, end: end.instant)
    }
}

/// The figures that assets show.
package struct KPIService: Sendable {
    let context: ServiceContext

    package init(context: ServiceContext) {
        self.context = context
    }

    /// The figures of an asset over a period, in the order of its list; entries whose sensor is gone, or that the
    /// caller may not read, are left out.
    package func kpis(
        of id: AssetID, _ query: KPIQuery, as horizon: BeliefHorizon, caller: Caller
    ) throws -> [KPIValue] {
        let asset = try context.asset(id, for: .read, caller)
        let records = try context.records()
        let range = EventRange(from: query.start, until: query.end)
        return try context.store.read { transaction in
            try KPIEntry.entries(asset.sensorsToShowAsKPIs).compactMap { entry in
                guard let sensor = records.sensor(entry.sensor),
                    AccessPolicy.allows(caller, to: .read, records.resource(sensor))
                else { return nil }
                let chosen = try transaction.chosenBeliefs(
                    of: sensor, in: range, filter: BeliefFilter(horizon))
                let function = entry.function ?? (sensor.unit == "%" ? .mean : .sum)
                let values = chosen.values.filter { !$0.isNaN }
                return KPIValue(
                    title: entry.title, unit: sensor.unit, sensor: sensor.id,
                    value: Self.twoDecimals(Self.reduced(values, by: function)), function: function,
                    count: values.count)
            }
        }
    }

    /// Zero without values.
    static func reduced(_ values: [Double], by function: KPIEntry.Function) -> Double {
        switch function {
        case .sum: values.reduce(0, +)
        case .min: values.min() ?? 0
        case .max: values.max() ?? 0
        case .mean: values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        }
    }

    /// Rounds the exact binary value, halves to even; multiplying by a hundred first would round twice.
    static func twoDecimals(_ value: Double) -> Double {
        guard value.isFinite else { return value }
        var text = [CChar](repeating: 0, count: 400)
        _ = withVaList([value]) { vsnprintf(&text, text.count, "%.2f", $0) }
        return strtod(text, nil)
    }
}
