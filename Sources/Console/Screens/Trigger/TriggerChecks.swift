import EnergyCore
import Scheduling
import Services

/// Something to know about a preview before it is stored.
struct TriggerCheck: Hashable, Sendable {
    enum Level: String, Hashable, Sendable {
        case ok = "ok"
        case info = "info"
        case warning = "warn"
    }

    var level: Level
    var text: String
}

/// Looks at what a preview rests on: prices and known flows that end early count as nothing from there on.
enum TriggerChecks {
    static func make(
        _ preview: SchedulePreview, _ query: PreviewQuery, _ data: ConsoleData
    ) throws -> (checks: [TriggerCheck], pricesEnd: Instant?) {
        let format = TimeFormat(zone: query.zone, now: data.now)
        var checks: [TriggerCheck] = []
        let (prices, pricesEnd) = prices(preview, format)
        checks += prices
        checks += try flows(preview, format, data)
        let grid = preview.request.grid
        let devices = preview.steps.compactMap(\.snapshot).reduce(0) { $0 + $1.devices.count }
        let together = devices > 1 ? ", \(devices) devices together" : ""
        checks.append(
            TriggerCheck(
                level: .ok, text: "all limits hold in \(grid.count) steps of \(TimeFormat.length(grid.step))\(together)"
            ))
        return (checks, pricesEnd)
    }

    private static func prices(_ preview: SchedulePreview, _ format: TimeFormat) -> (
        checks: [TriggerCheck], end: Instant?
    ) {
        guard let snapshot = preview.steps.first?.snapshot else { return ([], nil) }
        let series = [snapshot.consumptionPrice, snapshot.productionPrice]
        let known = series.compactMap { $0.lastIndex { !$0.isNaN } }.min().map { $0 + 1 } ?? 0
        var checks: [TriggerCheck] = []
        var end: Instant?
        if known > 0, known < snapshot.grid.count {
            let moment = snapshot.grid.time(known)
            let missing = snapshot.grid.end - moment
            checks.append(
                TriggerCheck(
                    level: .warning,
                    text:
                        "prices known until \(format.short(moment)), the last \(TimeFormat.age(missing)) count "
                        + "as free (F9)"
                ))
            end = moment
        }
        let holes = snapshot.consumptionPrice.prefix(known).count { $0.isNaN }
        if holes > 0 {
            let length = TimeFormat.age(snapshot.grid.step * holes)
            checks.append(TriggerCheck(level: .warning, text: "\(length) before that have no price and count as free"))
        }
        return (checks, end)
    }

    /// Other prices that are known for the window, when the chosen one is not.
    static func otherPrices(than sensor: SensorID?, _ query: PreviewQuery, _ data: ConsoleData) throws -> [String] {
        let records = try data.records()
        let sensors = records.children(of: nil).flatMap { records.tree(from: $0.id) }.flatMap {
            records.sensors(of: $0.id)
        }.filter {
            Unit.isPrice($0.unit) && $0.id != sensor && data.canRead($0, records)
        }
        let queries = sensors.prefix(20).map {
            SeriesQuery(sensor: $0.id, start: data.now, end: data.now + .days(2), step: .hours(1))
        }
        let format = TimeFormat(zone: query.zone, now: data.now)
        return try data.series.series(Array(queries), as: .live, caller: data.caller).compactMap { series in
            guard let last = series.parts.compactMap({ $0.samples.last?.end }).max(), last > data.now else {
                return nil
            }
            let sensor = series.sensor
            return
                "would help: consumption-price as sensor \(sensor.id), \(sensor.name), known until "
                + "\(format.short(last)); F3 puts a sensor into a field"
        }
    }

    /// Known flows of the site whose data end before the schedule does.
    private static func flows(_ preview: SchedulePreview, _ format: TimeFormat, _ data: ConsoleData) throws
        -> [TriggerCheck]
    {
        let request = preview.request
        let records = try data.records()
        let sensors = request.context.inflexibleDevices.map(\.reference.sensor)
        let queries = sensors.map {
            SeriesQuery(sensor: $0.id, start: request.grid.start, end: request.end, step: .zero)
        }
        let horizon = request.prior.map { BeliefHorizon.asOf($0) } ?? .live
        return try data.series.series(queries, as: horizon, caller: data.caller).compactMap { series in
            let place = records.asset(series.sensor.assetID)?.name ?? ""
            let name = "\(place) \(series.sensor.name)"
            let last = series.parts.compactMap { $0.samples.last?.end }.max()
            guard let last, last > request.grid.start else {
                return TriggerCheck(
                    level: .warning, text: "nothing is known of \(name); it counts as 0 (F makes a forecast)")
            }
            guard last < request.end else { return nil }
            let level: TriggerCheck.Level = request.end - last > .hours(1) ? .warning : .info
            return TriggerCheck(level: level, text: "\(name) known until \(format.short(last)); later it counts as 0")
        }
    }
}
