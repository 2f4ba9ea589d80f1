import EnergyCore
import Services
import TerminalKit

/// One schedule to compare: a request, by name.
struct Variant: Hashable, Sendable {
    var name: String
    var draft: ScheduleDraft
    var knob: Knob?
    /// What-ifs of the variant that this one was made of.
    private(set) var inherited: [WhatIf]

    /// All circumstances in which it is computed.
    var whatIfs: [WhatIf] { inherited + (knob?.whatIf.map { [$0] } ?? []) }

    init(name: String, draft: ScheduleDraft, whatIfs: [WhatIf] = []) {
        self.name = name
        self.draft = draft
        inherited = whatIfs
    }

    /// A variant with one more field or circumstance changed.
    init(_ base: Variant, knob: Knob, name: String = "") {
        self = base
        inherited = base.whatIfs
        turn(to: knob, name: name)
    }

    /// The same variant with its knob at another value.
    mutating func turn(to knob: Knob, name: String = "") {
        self.knob = knob
        self.name = name.isEmpty ? knob.title : name
        guard knob.whatIf == nil else { return }
        let value = FlexInput.json(knob.text)
        let isModel = Self.isModelKey(knob.key)
        if isModel, var entries = draft.message["flex-model"]?.arrayValue {
            for index in entries.indices where knob.sensor == nil || entries[index]["sensor"]?.intValue == knob.sensor {
                guard var entry = entries[index].objectValue else { continue }
                entry[knob.key] = value
                entries[index] = .object(entry)
            }
            draft.message["flex-model"] = .array(entries)
            return
        }
        let part = isModel ? "flex-model" : "flex-context"
        var object = draft.message[part]?.objectValue ?? JSONObject()
        object[knob.key] = value
        draft.message[part] = .object(object)
    }

    static func isModelKey(_ key: String) -> Bool {
        key.hasPrefix("soc") || key == "power-capacity" || key.hasSuffix("efficiency")
            || key.hasPrefix("consumption-cap")
            || key.hasPrefix("production-cap") || key.hasPrefix("prefer")
    }
}

/// What is compared.
struct CompareQuery: Hashable, Sendable {
    var variants: [Variant]
    var zone: Zone
}

/// The previews of all variants.
struct CompareModel: Hashable, Sendable {
    var previews: [PreviewModel]

    @Sendable
    static func load(_ query: CompareQuery, _ data: ConsoleData) throws -> CompareModel {
        CompareModel(
            previews: try query.variants.map {
                try PreviewModel.load(PreviewQuery(draft: $0.draft, zone: query.zone, whatIfs: $0.whatIfs), data)
            })
    }
}

/// Says in words why one variant costs more or less than another.
enum CompareReasons {
    /// A stretch of time in which one takes more than the other.
    private struct Stretch {
        var first: Int
        var last: Int
        var energy: Double
        var price: Double

        /// By money first, then by energy.
        var weight: (money: Double, energy: Double) { (price.isNaN ? 0 : abs(energy * price), abs(energy)) }
    }

    static func sentence(
        _ letter: String, _ base: PreviewModel, _ other: PreviewModel, _ format: TimeFormat, _ readings: Readings
    ) -> String {
        guard base.problem.isEmpty, other.problem.isEmpty else { return "" }
        let change = other.cost - base.cost
        let amount = "\(NumberFormat.fixed(abs(change), decimals: 2)) \(other.currency)"
        let head =
            abs(change) < 0.005
            ? "\(letter) costs the same as A" : "\(letter) costs \(amount) \(change > 0 ? "more" : "less") than A"
        let parts = [
            part(base, other, takesMore: true, format, readings),
            part(base, other, takesMore: false, format, readings), stock(base, other, readings),
        ].compactMap { $0 }
        return parts.isEmpty ? head + "." : "\(head): it \(parts.joined(separator: ", "))."
    }

    private static func part(
        _ base: PreviewModel, _ other: PreviewModel, takesMore: Bool, _ format: TimeFormat, _ readings: Readings
    ) -> String? {
        guard let stretch = largest(base, other, sign: takesMore ? 1 : -1), abs(stretch.energy) >= 0.1 else {
            return nil
        }
        let power = other.courses.power
        let span = "\(format.minute(power[stretch.first].start))-\(format.minute(power[stretch.last].end))"
        let price =
            stretch.price.isNaN
            ? "price unknown" : "mean \(NumberFormat.fixed(stretch.price, decimals: 0)) \(other.currency)/MWh"
        return
            "takes \(readings.text(abs(stretch.energy))) kWh \(takesMore ? "more" : "less") in "
            + "\(span) (\(price))"
    }

    /// The stretch, of one sign, in which most money lies between the two; where no price is known, most energy.
    private static func largest(_ base: PreviewModel, _ other: PreviewModel, sign: Double) -> Stretch? {
        let (a, b, prices) = (base.courses.power, other.courses.power, other.courses.prices)
        guard a.count == b.count, prices.count == b.count else { return nil }
        var best: Stretch?
        var open: Stretch?
        func close() {
            guard var done = open else { return }
            let known = prices[done.first...done.last].filter { !$0.isNaN }
            done.price = known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
            if best.map({ done.weight > $0.weight }) ?? true { best = done }
            open = nil
        }
        for index in b.indices {
            let difference = (b[index].mean - a[index].mean) * (b[index].end - b[index].start).inHours
            guard difference * sign > 1e-6 else {
                close()
                continue
            }
            var stretch = open ?? Stretch(first: index, last: index, energy: 0, price: .nan)
            stretch.last = index
            stretch.energy += difference
            open = stretch
        }
        close()
        return best
    }

    private static func stock(_ base: PreviewModel, _ other: PreviewModel, _ readings: Readings) -> String? {
        func level(_ model: PreviewModel) -> Double? {
            model.lines.first { $0.name == PreviewFigures.stockName }?.preview
        }
        guard let a = level(base), let b = level(other), abs(b - a) >= 0.1 else { return nil }
        return "ends with \(readings.text(abs(b - a))) kWh \(b > a ? "more" : "less") in stock"
    }
}
