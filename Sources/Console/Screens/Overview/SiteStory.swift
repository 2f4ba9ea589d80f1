import EnergyCore
import Services
import TerminalKit

/// A site's day in numbers: what flows now, what was planned, what it costs, what comes next.
struct SiteStory: Sendable {
    var row: SiteRow
    /// What devices will do, in time order.
    var upcoming: [(time: String, text: String)] = []

    init(_ facts: SiteFacts, now: Instant, zone: Zone, _ belief: BeliefHorizon, _ data: ConsoleData) throws {
        let start = zone.startOfDay(containing: now)
        let end = max(zone.adding(days: 1, to: start), now + .hours(12))
        var seen: Set<SensorID> = []
        let queries = facts.sensors.filter { seen.insert($0.id).inserted }.map { sensor in
            let isWhole = facts.sensorsOfTheDay.contains(sensor.id)
            let from = now - DayTable.patience(sensor) - sensor.resolution
            return SeriesQuery(
                sensor: sensor.id, start: isWhole ? min(start, now - .hours(24)) : from,
                end: isWhole ? end : now + .minutes(15), step: .minutes(15))
        }
        let series = try data.series.series(queries, as: belief, caller: data.caller)
        let table = DayTable(series, now: now, start: start)
        row = SiteRow(id: facts.site.id, name: facts.site.name, state: .fine, next: "")
        if let grid = facts.grid {
            row.grid = table.latest(grid, .measured)
            row.plan = table.value(grid, .plan, at: now) ?? table.plannedTotal(facts, at: now)
            if let capacity = facts.capacity.flatMap({ SiteFacts.converted($0, to: grid.unit) }), capacity > 0 {
                row.limitShare = row.grid.map { abs($0) / capacity * 100 }
            }
        }
        fillCharge(facts, table, now: now)
        row.solar = table.sum(facts.solar, .measured)
        row.load = table.sum(facts.loads, .measured)
        fillCost(facts, table, start: start, now: now)
        fillNext(facts, series, now: now, zone: zone, data.readings)
    }

    private mutating func fillCharge(_ facts: SiteFacts, _ table: DayTable, now: Instant) {
        guard
            let storage = facts.storages.first(where: {
                table.latest($0.sensor, .measured) != nil || $0.capacity != nil
            })
        else { return }
        let level = table.latest(storage.sensor, .measured) ?? table.value(storage.sensor, .plan, at: now)
        if let level, let capacity = storage.capacity, capacity > 0 { row.charge = level / capacity * 100 }
        row.chargeDay = table.spark(storage.sensor, from: now - .hours(24), until: now, count: 48)
    }

    /// Energy through the grid connection times its price, from midnight; and the same without the storages.
    private mutating func fillCost(_ facts: SiteFacts, _ table: DayTable, start: Instant, now: Instant) {
        guard let grid = facts.grid, let price = facts.price, let perUnit = Self.priceFactor(price.unit, for: grid.unit)
        else { return }
        row.currency = price.unit.split(separator: "/").first.map(String.init) ?? ""
        var cost = 0.0
        var moved = 0.0
        var count = 0
        for sample in table.samples(grid, .measured) where sample.start >= start && sample.start < now {
            guard let rate = table.value(price, .measured, at: sample.start) else { continue }
            let hours = (sample.end - sample.start).inHours
            cost += sample.mean * hours * rate * perUnit
            count += 1
            for device in facts.devices where facts.storages.contains(where: { $0.asset.id == device.assetID }) {
                if let power = table.value(device, .measured, at: sample.start) {
                    moved += power * hours * rate * perUnit
                }
            }
        }
        guard count > 0 else { return }
        row.cost = cost
        if !facts.storages.isEmpty { row.againstIdle = moved }
    }

    /// What one unit of power over an hour costs at a price of one: kW and EUR/MWh give 0.001.
    private static func priceFactor(_ price: String, for power: String) -> Double? {
        guard let slash = price.firstIndex(of: "/") else { return nil }
        let energy = String(price[price.index(after: slash)...])
        return (try? Unit.conversion(from: power, to: energy, duration: .hours(1)))?.factor
    }

    private mutating func fillNext(
        _ facts: SiteFacts, _ series: [SeriesData], now: Instant, zone: Zone, _ readings: Readings
    ) {
        let format = TimeFormat(zone: zone, now: now)
        var first: (at: Instant, text: String)?
        var lastPlan: Instant?
        for device in facts.devices {
            guard let data = series.first(where: { $0.sensor.id == device.id }),
                let plan = data.parts.first(where: { $0.kind == .plan })?.samples, let end = plan.last?.end
            else { continue }
            lastPlan = max(lastPlan ?? end, end)
            let sign = device.consumptionIsPositive ? 1.0 : -1.0
            var running = plan.last { $0.start <= now && $0.end > now }?.mean ?? 0
            for sample in plan where sample.start > now && sample.start < now + .hours(12) {
                defer { running = sample.mean }
                guard Self.isChange(from: running, to: sample.mean, plan) else { continue }
                let text =
                    "\(Self.verb(sample.mean * sign)) \(readings.text(abs(sample.mean))) \(device.unit)"
                upcoming.append((format.short(sample.start), text))
                if first == nil || sample.start < first?.at ?? sample.start { first = (sample.start, text) }
            }
        }
        if let first {
            row.next = "\(format.short(first.at)) \(first.text)"
        } else if facts.devices.isEmpty {
            row.next = ""
        } else {
            row.next =
                lastPlan.map { $0 > now ? "as now till \(format.short($0))" : "no plan since \(format.short($0))" }
                ?? "no schedule"
        }
        upcoming.sort { $0.time < $1.time }
    }

    private static func isChange(from old: Double, to new: Double, _ plan: [SeriesSample]) -> Bool {
        let largest = plan.map { abs($0.mean) }.max() ?? 0
        return abs(new - old) > max(0.3 * largest, 1e-6) && (old * new <= 0 || abs(new) > abs(old))
    }

    private static func verb(_ power: Double) -> String {
        power > 0 ? "charge" : power < 0 ? "discharge" : "stop at"
    }
}

/// Series by sensor and kind, with look-ups by time.
struct DayTable {
    private var parts: [SensorID: [SeriesKind: [SeriesSample]]] = [:]
    private let now: Instant

    init(_ series: [SeriesData], now: Instant, start: Instant) {
        self.now = now
        for data in series {
            for part in data.parts { parts[data.sensor.id, default: [:]][part.kind] = part.samples }
        }
    }

    func samples(_ sensor: Sensor, _ kind: SeriesKind) -> [SeriesSample] { parts[sensor.id]?[kind] ?? [] }

    /// The last value that has begun, unless it is older than a few steps.
    func latest(_ sensor: Sensor, _ kind: SeriesKind) -> Double? {
        guard let last = samples(sensor, kind).last(where: { $0.start <= now }) else { return nil }
        return now - last.end <= Self.patience(sensor) ? last.mean : nil
    }

    /// How old a value may be to stand for the present.
    static func patience(_ sensor: Sensor) -> TimeSpan { max(sensor.resolution * 4, .hours(1)) }

    func value(_ sensor: Sensor, _ kind: SeriesKind, at moment: Instant) -> Double? {
        let list = samples(sensor, kind)
        let index = list.partitioned { $0.start <= moment }
        guard index > 0 else { return nil }
        let found = list[index - 1]
        return found.end > moment || sensor.resolution == .zero ? found.mean : nil
    }

    func sum(_ sensors: [Sensor], _ kind: SeriesKind) -> Double? {
        let known = sensors.compactMap { latest($0, kind) }
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// What the plans of all devices and the expectations of all loads add up to.
    func plannedTotal(_ facts: SiteFacts, at moment: Instant) -> Double? {
        let plans = facts.devices.compactMap { sensor in value(sensor, .plan, at: moment).map { $0 * Self.sign(sensor) }
        }
        guard !plans.isEmpty else { return nil }
        let others = (facts.loads + facts.solar).compactMap { sensor in
            (value(sensor, .forecast, at: moment) ?? held(sensor, at: moment)).map { $0 * Self.sign(sensor) }
        }
        return (plans + others).reduce(0, +)
    }

    /// What the expectations of all loads and panels add up to: the site with its devices standing idle.
    func expectedTotal(_ facts: SiteFacts, at moment: Instant) -> Double? {
        let known = (facts.loads + facts.solar).compactMap { sensor in
            value(sensor, .forecast, at: moment).map { $0 * Self.sign(sensor) }
        }
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// What was measured at a moment, or not long before it.
    private func held(_ sensor: Sensor, at moment: Instant) -> Double? {
        let list = samples(sensor, .measured)
        let index = list.partitioned { $0.start <= moment }
        guard index > 0, moment - list[index - 1].end <= Self.patience(sensor) else { return nil }
        return list[index - 1].mean
    }

    private static func sign(_ sensor: Sensor) -> Double {
        sensor.consumptionIsPositive ? 1 : -1
    }

    func spark(_ sensor: Sensor, from: Instant, until: Instant, count: Int) -> [Double?] {
        let step = (until - from).microseconds / Int64(max(1, count))
        return (0..<count).map { index in
            value(sensor, .measured, at: from + TimeSpan(microseconds: step * Int64(index) + step / 2))
                ?? value(sensor, .plan, at: from + TimeSpan(microseconds: step * Int64(index) + step / 2))
        }
    }
}

extension Array {
    /// How many elements at the beginning belong; none after the first that does not.
    fileprivate func partitioned(by belongs: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
