import EnergyCore
import TerminalKit

/// The one thing in which a variant differs, and which `+` and `-` turn.
struct Knob: Hashable, Sendable {
    /// A field of the request, or a word for a what-if.
    var key: String
    /// The device it belongs to, in a request for several.
    var sensor: SensorID?
    var text: String
    private var outage: Outage?

    static let prices = "all prices %"
    static let flows = "known flows %"
    static let outages = "outage"
    static let quantiles = "forecast quantile %"
    static let whatIfs = [prices, flows, outages, quantiles]

    /// What the variant is called when its user gives it no name.
    var title: String { "\(key) \(text)" }

    init(key: String, sensor: SensorID? = nil, text: String, now: Instant, zone: Zone) {
        self.key = key
        self.sensor = sensor
        self.text = text
        guard key == Self.outages, let read = Outage(text, now: now, zone: zone) else { return }
        outage = read
        self.text = read.text
    }

    /// The value a tenth larger or smaller, or by a step of its kind; nil when it is no number.
    func turned(up: Bool) -> Knob? {
        var knob = self
        if let outage {
            let length = outage.length + (up ? .minutes(30) : .minutes(-30))
            guard length > .zero else { return self }
            knob.outage?.length = length
            knob.text = knob.outage?.text ?? text
            return knob
        }
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let first = parts.first, let number = Double(first.filter { $0 != "%" }), sensorReference == nil else {
            return nil
        }
        let next =
            switch key {
            case Knob.prices, Knob.flows: number + (up ? 10 : -10)
            case Knob.quantiles: min(95, max(5, number + (up ? 5 : -5)))
            default: number * (up ? 1.1 : 1 / 1.1)
            }
        let rest = parts.count > 1 ? " \(parts[1])" : first.hasSuffix("%") ? "%" : ""
        knob.text = NumberFormat.significant(next, digits: 4) + rest
        return knob
    }

    private var sensorReference: SensorID? { FlexInput.json(text)["sensor"]?.intValue }

    /// The what-if it stands for, if it is no field of the request.
    var whatIf: WhatIf? {
        let number = Double(text.filter { $0 != "%" && $0 != "+" && $0 != " " })
        switch key {
        case Knob.prices: return number.map { .prices($0) }
        case Knob.flows: return number.map { .flows($0) }
        case Knob.outages: return outage.map { .outage(from: $0.start, to: $0.start + $0.length) }
        case Knob.quantiles: return number.flatMap { (0..<100).contains($0) && $0 > 0 ? .quantile($0 / 100) : nil }
        default: return nil
        }
    }

    /// What to say when the text stands for nothing; nil when it does.
    var problem: String? {
        guard Self.whatIfs.contains(key), whatIf == nil else { return nil }
        switch key {
        case Knob.outages: return "say when and for how long, such as 18:00 2 h or 18:00-20:30"
        case Knob.quantiles: return "say a number of percent between 0 and 100, such as 90"
        default: return "say a number of percent, such as 20 or -10"
        }
    }
}

/// A time without the grid: `18:00 2 h`, `tomorrow 6 30 min`, `18:00-20:30`.
struct Outage: Hashable, Sendable {
    var start: Instant
    var length: TimeSpan
    private var startText: String

    /// Begin and length as the name of a variant has them.
    var text: String { "\(startText) \(TimeFormat.length(length))" }

    init?(_ text: String, now: Instant, zone: Zone) {
        guard let (start, end) = Self.range(text, now: now, zone: zone) ?? Self.length(text, now: now, zone: zone),
            end > start
        else { return nil }
        self.start = start
        length = end - start
        startText = TimeFormat(zone: zone, now: now).short(start)
    }

    private static func range(_ text: String, now: Instant, zone: Zone) -> (Instant, Instant)? {
        for separator in ["..", " to ", " - ", "-"] as [String] {
            let parts = text.split(separator: separator).map(String.init)
            guard parts.count == 2, let start = MomentText.parse(parts[0].trimmed, now: now, zone: zone),
                let end = MomentText.parse(parts[1].trimmed, now: start, zone: zone)
            else { continue }
            // From 22:00 to 02:00 goes over midnight.
            return (start, end > start ? end : end + .days(1))
        }
        return nil
    }

    private static func length(_ text: String, now: Instant, zone: Zone) -> (Instant, Instant)? {
        let words = text.split(separator: " ").map(String.init)
        for count in (1..<max(2, words.count)).reversed() {
            let rest = words.dropFirst(count).filter { $0 != "for" }.joined(separator: " ")
            guard let start = MomentText.parse(words.prefix(count).joined(separator: " "), now: now, zone: zone),
                let length = MomentText.span(rest[...])
            else { continue }
            return (start, start + length)
        }
        return nil
    }
}
