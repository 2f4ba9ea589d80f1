import EnergyCore
import TerminalKit

/// The form's fields as a message of the API; errors by field.
enum TriggerMessage {
    static func make(_ form: FormState, now: Instant, zone: Zone) -> (message: JSONObject, errors: [String: String]) {
        var message = JSONObject()
        var errors: [String: String] = [:]
        if let start = MomentText.parse(form.value("start"), now: now, zone: zone) {
            message["start"] = .string(start.text(in: zone))
        } else {
            errors["start"] = "not a time: try 14:45, tomorrow 6 or 2026-03-17"
        }
        if let span = MomentText.span(form.value("duration")[...]), span > .zero {
            message["duration"] = .string(duration(span))
        } else {
            errors["duration"] = "not a duration: try 24 h or 90 min"
        }
        let prior = form.value("prior").trimmed
        if !prior.isEmpty, prior != "now" {
            if let moment = MomentText.parse(prior, now: now, zone: zone) {
                message["prior"] = .string(moment.text(in: zone))
            } else {
                errors["prior"] = "not a time"
            }
        }
        if form.fields.contains(where: { $0.id.hasPrefix("use ") }) {
            message["flex-model"] = .array(devices(form, now, zone, &errors).map { .object($0) })
        } else {
            let model = changed(form, "model ", now, zone)
            checkLevels(form, "model ", &errors)
            if !model.isEmpty { message["flex-model"] = .object(model) }
        }
        let context = changed(form, "context ", now, zone)
        if !context.isEmpty { message["flex-context"] = .object(context) }
        return (message, errors)
    }

    /// An entry per device that takes part: its power sensor, and what differs from its stored flex-model.
    private static func devices(_ form: FormState, _ now: Instant, _ zone: Zone, _ errors: inout [String: String])
        -> [JSONObject]
    {
        var entries: [JSONObject] = []
        for use in form.fields where use.id.hasPrefix("use ") && use.isOn {
            guard let id = Int64(use.id.dropFirst(4)) else { continue }
            let prefix = "dev \(id) "
            var entry = JSONObject()
            entry["sensor"] = .int(id)
            for (key, value) in changed(form, prefix, now, zone) { entry[key] = value }
            checkLevels(form, prefix, &errors)
            if let level = form["\(prefix)soc-at-start"], level.value.trimmed.isEmpty {
                errors[level.id] = "a stock needs its level at the start, such as 20 kWh"
            }
            entries.append(entry)
        }
        if entries.isEmpty, let first = form.fields.first(where: { $0.id.hasPrefix("use ") }) {
            errors[first.id] = "include one device at least: Space"
        }
        return entries
    }

    /// Says at the field what no schedule can come from: the store would refuse it slot by slot.
    private static func checkLevels(_ form: FormState, _ prefix: String, _ errors: inout [String: String]) {
        func level(_ key: String) -> Double? {
            guard let field = form[prefix + key] else { return nil }
            let text = FlexInput.withUnit(field.value.trimmed, like: relatives(field, form, prefix))
            return SiteFacts.Quantity(text).flatMap { SiteFacts.converted($0, to: "kWh") }
        }
        guard let low = level("soc-min"), let high = level("soc-max"), low > high else { return }
        let isLow = form[prefix + "soc-min"]?.isChanged == true
        errors[prefix + (isLow ? "soc-min" : "soc-max")] =
            isLow
            ? "above soc-max \(form.value(prefix + "soc-max"))" : "below soc-min \(form.value(prefix + "soc-min"))"
    }

    /// The fields that texts of a refused request are about, by their paths in it: `flex-model.soc-min`,
    /// `flex-model.1.soc-min`, or the last name alone.
    static func fields(of refusals: [String: String], in form: FormState) -> [String: String] {
        let used = form.fields.filter { $0.id.hasPrefix("use ") && $0.isOn }.map { $0.id.dropFirst(4) }
        var result: [String: String] = [:]
        for (path, text) in refusals {
            let names = path.split(separator: ".")
            let device = names.compactMap { Int($0) }.first.flatMap { used.indices.contains($0) ? used[$0] : nil }
            let wanted = names.reversed().flatMap { name in
                ["model \(name)", device.map { "dev \($0) \(name)" } ?? "", "context \(name)", String(name)]
            }
            if let id = wanted.first(where: { form[$0] != nil }) { result[id] = text }
        }
        return result
    }

    static func duration(_ span: TimeSpan) -> String {
        let minutes = span.microseconds / 60_000_000
        return minutes % 60 == 0 ? "PT\(minutes / 60)H" : "PT\(minutes)M"
    }

    /// A length as the form takes it: `9 h 15 min`.
    static func text(_ span: TimeSpan) -> String {
        let minutes = span.microseconds / 60_000_000
        let parts = [minutes >= 60 ? "\(minutes / 60) h" : "", minutes % 60 > 0 ? "\(minutes % 60) min" : ""]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The values whose unit a number without one has: the one it replaces, then those of its kind.
    private static func relatives(_ field: FormField, _ form: FormState, _ prefix: String) -> [String] {
        let key = field.id.dropFirst(prefix.count)
        func family(_ other: Substring) -> Bool {
            key.hasPrefix("soc-") ? other.hasPrefix("soc-") : key.hasSuffix("-capacity") && other.hasSuffix("-capacity")
        }
        let relatives = form.fields.filter { $0.id.hasPrefix(prefix) && family($0.id.dropFirst(prefix.count)) }
        return [field.original] + relatives.map(\.original)
    }

    private static func changed(_ form: FormState, _ prefix: String, _ now: Instant, _ zone: Zone) -> JSONObject {
        var result = JSONObject()
        for field in form.fields where field.id.hasPrefix(prefix) {
            let key = String(field.id.dropFirst(prefix.count))
            // The level was read from a sensor, and a site's list is no part of what its devices store: both must be
            // said.
            let isToBeSaid =
                (key == "soc-at-start" && field.note.hasPrefix("sensor")) || field.note.hasPrefix("the site's list")
            guard field.isChanged || isToBeSaid else { continue }
            let text = field.value.trimmed
            if text.isEmpty { continue }
            result[key] = FlexInput.json(text, now: now, zone: zone, like: relatives(field, form, prefix))
        }
        return result
    }
}
