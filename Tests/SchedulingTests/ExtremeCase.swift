import EnergyCore
import TestSupport

/// Case files with absurd, contradictory and missing numbers, made from a seed.
struct ExtremeCase {
    private var generator: SeededGenerator
    private let seed: UInt64
    /// MW that the numbers of the case are about.
    private var size = 1.0
    private var minutes = 60

    init(seed: UInt64) {
        self.seed = seed
        generator = SeededGenerator(seed: seed)
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0...1, using: &generator) < share }

    /// A case file as `schedule solve` reads it.
    mutating func file() -> JSONValue {
        size = pick([1e-5, 1e-3, 1, 1, 1, 1e3, 1e6])
        let duration = pick(["PT15M", "PT1H", "PT1H", "PT2H", "PT3H", "PT6H", "PT6H", "PT8H", "PT0H"])
        minutes = ["PT15M": 15, "PT2H": 120, "PT3H": 180, "PT6H": 360, "PT8H": 480][duration] ?? 60
        let count = pick([1, 1, 1, 2, 3])
        let isSensor = count == 1 && chance(0.6)
        let models = (0..<count).map { model($0, isSensor: isSensor) }
        var message: JSONObject = ["start": "2026-01-01T00:00:00Z", "duration": .string(duration)]
        message["flex-model"] = isSensor ? .object(models[0]) : .array(models.map { .object($0) })
        message["flex-context"] = .object(context())
        if !isSensor, chance(0.2) { message["sequential"] = true }
        return [
            "id": .string("extreme-\(seed)"), "world": world(count),
            "trigger": [
                "endpoint": isSensor ? "sensor" : "asset", "target": isSensor ? "@p0" : "@site",
                "message": .object(message),
            ],
        ]
    }

    private mutating func world(_ count: Int) -> JSONValue {
        var sensors: [JSONValue] = [
            ["key": "price", "asset": "site", "unit": "EUR/MWh", "resolution": "PT1H"],
            ["key": "load", "asset": "site", "unit": "MW", "resolution": "PT15M"],
            ["key": "limit", "asset": "site", "unit": "MW", "resolution": "PT15M"],
        ]
        var assets: [JSONValue] = [["key": "site", "type": "building"]]
        for index in 0..<count {
            let type = pick(["battery", "two-way_evse", "thing"])
            assets.append(["key": .string("a\(index)"), "type": .string(type), "parent": "site"])
            sensors.append([
                "key": .string("p\(index)"), "asset": .string("a\(index)"), "unit": "MW", "resolution": "PT15M",
            ])
        }
        let data: [JSONValue] = [
            series("price", 24, [-500, 0, 30, 1e-6, 1e5]), series("load", 96, [-2, 0, 0.5, 3].map { $0 * size }),
            series("limit", 96, [0, 0.5, 1, 5].map { $0 * size }),
        ]
        return ["assets": .array(assets), "sensors": .array(sensors), "data": .array(data)]
    }

    /// Data with gaps; sometimes nothing at all.
    private mutating func series(_ key: String, _ count: Int, _ values: [Double]) -> JSONValue {
        let gaps = pick([0, 0, 0, 0.3, 0.9, 1])
        let numbers = (0..<count).map { _ in chance(gaps) ? JSONValue.null : .number(pick(values)) }
        let resolution = key == "price" ? "PT1H" : "PT15M"
        return [
            "sensor": .string(key), "start": "2026-01-01T00:00:00Z", "resolution": .string(resolution),
            "values": .array(numbers),
        ]
    }

    private mutating func power() -> JSONValue {
        if chance(0.15) { return ["sensor": "@limit"] }
        return .string("\(pick([0, 1e-6, 0.1, 1, 1, 1, 10, 1e4]) * size) MW")
    }

    private mutating func energy() -> String { "\(pick([0, 0.1, 0.5, 1, 2, 5, 100]) * size) MWh" }

    private mutating func moment() -> String {
        let quarter = Int.random(in: 0...(minutes / 15 + 1), using: &generator)
        let offset = pick([0, 0, 0, 7])
        return (Instant(seconds: 1_767_225_600) + .minutes(Int64(quarter * 15 + offset))).utcText
    }

    private mutating func points() -> JSONValue {
        .array((0..<pick([1, 2, 4])).map { _ in ["datetime": .string(moment()), "value": .string(energy())] })
    }

    private mutating func model(_ index: Int, isSensor: Bool) -> JSONObject {
        var model: JSONObject = isSensor ? [:] : ["sensor": .string("@p\(index)")]
        if chance(0.97) { model["power-capacity"] = power() }
        if chance(0.9) { model["soc-at-start"] = .string(energy()) }
        if chance(0.2) { model["soc-min"] = .string(energy()) }
        if chance(0.97) { model["soc-max"] = .string("\(pick([1, 5, 100, 100, 1e6]) * size) MWh") }
        if chance(0.15) { model["soc-targets"] = points() }
        if chance(0.15) { model["soc-minima"] = points() }
        if chance(0.1) { model["soc-maxima"] = points() }
        if chance(0.2) { model["consumption-capacity"] = power() }
        if chance(0.2) { model["production-capacity"] = power() }
        if chance(0.2) { model["soc-usage"] = [power()] }
        if chance(0.1) { model["soc-gain"] = [power()] }
        if chance(0.4) { model["roundtrip-efficiency"] = .double(pick([0.0001, 0.5, 0.81, 1])) }
        if chance(0.5), model["roundtrip-efficiency"] == nil || chance(0.05) {
            model["charging-efficiency"] = .double(pick([0, 0.01, 0.9, 1, 4]))
            model["discharging-efficiency"] = .double(pick([0.01, 0.9, 1]))
        }
        if chance(0.3) { model["storage-efficiency"] = .double(pick([1e-6, 0.01, 0.99, 1])) }
        if chance(0.2) { model["prefer-charging-sooner"] = false }
        if chance(0.2) { model["prefer-curtailing-later"] = false }
        return model
    }

    private mutating func price() -> JSONValue {
        if chance(0.4) { return ["sensor": "@price"] }
        return .string("\(pick([-1e6, -50, 0, 1e-9, 30, 100, 1e6])) EUR/MWh")
    }

    private mutating func context() -> JSONObject {
        var context: JSONObject = [:]
        if chance(0.95) { context["consumption-price"] = price() }
        if chance(0.4) { context["production-price"] = price() }
        for field in ["site-power-capacity", "site-consumption-capacity", "site-production-capacity"] where chance(0.2)
        {
            context[field] = power()
        }
        for field in ["site-peak-consumption-price", "site-production-breach-price", "consumption-breach-price"]
        where chance(0.15) {
            context[field] = .string("\(pick([0, 1e-6, 100, 1e7])) EUR/MW")
        }
        for field in ["soc-minima-breach-price", "soc-maxima-breach-price"] where chance(0.15) {
            context[field] = .string("\(pick([0, 1, 1e6])) EUR/MWh")
        }
        if chance(0.1) { context["relax-constraints"] = true }
        if chance(0.3) { context["inflexible-device-sensors"] = ["@load"] }
        if chance(0.15) {
            context["commitments"] = [
                [
                    "name": "x", "baseline": power(), "up-price": .string("\(pick([-20, 0, 50, 1e5])) EUR/MWh"),
                    "down-price": .string("\(pick([-100, 0, 40])) EUR/MWh"),
                ]
            ]
        }
        return context
    }
}
