import EnergyCore

/// What people type for a flex field.
enum FlexInput {
    /// `sensor 12` becomes a reference, `true` a truth, JSON itself; all else is a quantity in words.
    static func json(_ text: String) -> JSONValue {
        let words = text.split(separator: " ")
        if words.count >= 2, words[0].lowercased() == "sensor", let id = Int64(words[1]) {
            return .object(["sensor": .int(id)])
        }
        if text == "true" { return .bool(true) }
        if text == "false" { return .bool(false) }
        if let first = text.first, "[{\"".contains(first), let value = try? JSONValue(parsing: text) { return value }
        return .string(text)
    }

    /// The same, and `900 kWh at 18:00, 1 MWh at tomorrow 6` or `300 kW from 8:00 to 12:00` as a list of values in time.
    /// Numbers without a unit get that of other values of the kind.
    static func json(_ text: String, now: Instant, zone: Zone, like others: [String] = []) -> JSONValue {
        events(text, now: now, zone: zone, like: others) ?? json(withUnit(text, like: others))
    }

    private static func events(_ text: String, now: Instant, zone: Zone, like others: [String]) -> JSONValue? {
        var items: [JSONValue] = []
        for part in text.split(separator: ",") {
            guard var item = event(String(part), now: now, zone: zone) else { return nil }
            if let value = item["value"]?.stringValue { item["value"] = .string(withUnit(value, like: others)) }
            items.append(.object(item))
        }
        return items.isEmpty ? nil : .array(items)
    }

    private static func event(_ text: String, now: Instant, zone: Zone) -> JSONObject? {
        func moment(_ text: Substring) -> JSONValue? {
            MomentText.parse(String(text).trimmed, now: now, zone: zone).map { .string($0.text(in: zone)) }
        }
        if let at = text.firstRange(of: " at ") {
            let value = String(text[..<at.lowerBound]).trimmed
            return moment(text[at.upperBound...]).map { ["value": .string(value), "datetime": $0] }
        }
        guard let from = text.firstRange(of: " from "),
            let to = text[from.upperBound...].firstRange(of: " to "),
            let start = moment(text[from.upperBound..<to.lowerBound]), let end = moment(text[to.upperBound...])
        else { return nil }
        return ["value": .string(String(text[..<from.lowerBound]).trimmed), "start": start, "end": end]
    }

    /// A number without a unit gets that of the value it replaces, or of another value of its kind.
    static func withUnit(_ text: String, like others: [String]) -> String {
        guard let number = Double(text) else { return text }
        for other in others {
            if other.hasSuffix("%"), Double(other.dropLast()) != nil { return number > 1 ? "\(text)%" : text }
            let words = other.split(separator: " ", maxSplits: 1)
            if words.count == 2, Double(words[0]) != nil, !words[1].contains(" ") { return "\(text) \(words[1])" }
        }
        return text
    }

    /// Values in time as they are typed; nil for everything else.
    static func text(ofEvents value: JSONValue, now: Instant, zone: Zone) -> String? {
        guard let items = value.arrayValue, !items.isEmpty else { return nil }
        let format = TimeFormat(zone: zone, now: now)
        func moment(_ value: JSONValue?) -> String? {
            guard let moment = (value?.stringValue).flatMap({ try? Instant(parsing: $0) }) else { return nil }
            return zone.local(moment).date == zone.local(now).date ? format.minute(moment) : format.full(moment)
        }
        var texts: [String] = []
        for item in items {
            guard let members = item.objectValue, let value = members["value"]?.stringValue else { return nil }
            if members.count == 2, let at = moment(members["datetime"]) {
                texts.append("\(value) at \(at)")
            } else if members.count == 3, let start = moment(members["start"]), let end = moment(members["end"]) {
                texts.append("\(value) from \(start) to \(end)")
            } else {
                return nil
            }
        }
        return texts.joined(separator: ", ")
    }
}
