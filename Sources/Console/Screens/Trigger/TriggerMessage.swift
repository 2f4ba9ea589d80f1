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
            message["flex-model"] = .array(devices(form, &errors).map { .object($0) })
        } else {
            let model = changed(form, "model ")
            if !model.isEmpty { message["flex-model"] = .object(model) }
        }
        let context = changed(form, "context ")
        if !context.isEmpty { message["flex-context"] = .object(context) }
        return (message, errors)
    }

    /// An entry per device that takes part: its power sensor, and what differs from its stored flex-model.
    private static func devices(_ form: FormState, _ errors: inout [String: String]) -> [JSONObject] {
        var entries: [JSONObject] = []
        for use in form.fields where use.id.hasPrefix("use ") && use.isOn {
            guard let id = Int64(use.id.dropFirst(4)) else { continue }
            let prefix = "dev \(id) "
            var entry = JSONObject()
            entry["sensor"] = .int(id)
            for (key, value) in changed(form, prefix) { entry[key] = value }
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

    private static func changed(_ form: FormState, _ prefix: String) -> JSONObject {
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
            result[key] = FlexInput.json(text)
        }
        return result
    }
}
