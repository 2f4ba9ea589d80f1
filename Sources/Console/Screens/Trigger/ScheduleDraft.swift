import EnergyCore
import Services
import TerminalKit

/// What a schedule is asked for, as a form holds it.
struct ScheduleDraft: Hashable, Sendable {
    var asset: Asset
    var target: ScheduleService.Target
    var title: String
    /// The message of the API: start, duration, changed flex fields.
    var message: JSONObject

    /// The request as its endpoint gets it.
    var path: String {
        switch target {
        case .sensor(let id): "/api/v3_0/sensors/\(id)/schedules/trigger"
        case .asset(let id): "/api/v3_0/assets/\(id)/schedules/trigger"
        }
    }
}

/// The fields of the trigger form, each with its value and where that comes from.
struct TriggerFields: Hashable, Sendable {
    var draft: ScheduleDraft
    var fields: [FormField]

    private static let modelKeys = [
        "soc-at-start", "soc-min", "soc-max", "soc-targets", "power-capacity", "consumption-capacity", "production-capacity",
        "charging-efficiency", "discharging-efficiency", "roundtrip-efficiency", "storage-efficiency", "prefer-charging-sooner",
    ]
    private static let contextKeys = [
        "consumption-price", "production-price", "site-power-capacity", "site-consumption-capacity", "site-production-capacity",
        "site-peak-consumption-price", "inflexible-device-sensors", "relax-constraints",
    ]

    @Sendable
    static func load(_ query: TriggerQuery, _ data: ConsoleData) throws -> TriggerFields {
        let records = try data.records()
        let asset = try data.services.assets.asset(query.asset, as: data.caller)
        let power = records.sensors(of: asset.id).first { Unit.isPower($0.unit) }
        let model = asset.flexModel?.objectValue
        let isDevice = model?.isEmpty == false && power != nil
        let target: ScheduleService.Target = isDevice ? .sensor(power?.id ?? 0) : .asset(asset.id)
        var fields = [
            FormField(id: "for", label: "For", value: asset.name, kind: .fixed, note: isDevice ? "1 device" : "all devices below it, jointly"),
            FormField(id: "start", label: "Start", value: start(power, query, data), note: "next slot boundary"),
            FormField(id: "duration", label: "Duration", value: "24 h", note: "at most \(limit(data))"),
            FormField(id: "prior", label: "Beliefs before", value: prior(query), note: "or an older view: 11:00, -2h"),
        ]
        if isDevice, let model { fields += try modelFields(asset, model, query, data, records) }
        fields += contextFields(asset, records)
        var draft = ScheduleDraft(asset: asset, target: target, title: asset.name, message: JSONObject())
        draft.message = JSONObject()
        return TriggerFields(draft: draft, fields: fields)
    }

    private static func start(_ sensor: Sensor?, _ query: TriggerQuery, _ data: ConsoleData) -> String {
        let step = max(sensor?.resolution ?? .minutes(15), .minutes(1)).microseconds
        let now = query.belief.moment(now: data.now).microseconds
        let next = Instant(microseconds: (now + step - 1) / step * step)
        return TimeFormat(zone: query.zone, now: data.now).full(next)
    }

    private static func limit(_ data: ConsoleData) -> String {
        switch data.services.settings.planning.longestHorizon {
        case .steps(let steps): "\(steps) steps"
        case .span(let span): TimeFormat.length(span)
        case .unlimited: "any"
        }
    }

    private static func prior(_ query: TriggerQuery) -> String {
        guard case .asOf(let moment) = query.belief else { return "now" }
        return TimeFormat(zone: query.zone, now: moment).full(moment)
    }

    private static func modelFields(
        _ asset: Asset, _ model: JSONObject, _ query: TriggerQuery, _ data: ConsoleData, _ records: Directory
    ) throws -> [FormField] {
        let keys = model.keys + modelKeys.filter { model[$0] == nil }
        var fields = keys.map { key in
            FormField(
                id: "model \(key)", label: key, value: model[key].map(text) ?? "", note: model[key] == nil ? "not set" : "own flex-model")
        }
        if model["soc-at-start"] == nil, let level = try level(model, asset, query, data, records),
            let index = fields.firstIndex(where: { $0.id == "model soc-at-start" })
        {
            fields[index].value = level.text
            fields[index].note = level.note
        }
        fields[0].section = "FLEX-MODEL"
        return fields
    }

    /// The newest state of charge, with its age.
    private static func level(
        _ model: JSONObject, _ asset: Asset, _ query: TriggerQuery, _ data: ConsoleData, _ records: Directory
    ) throws -> (text: String, note: String)? {
        let named = model["state-of-charge"]?["sensor"]?.intValue.flatMap { records.sensor($0) }
        guard let sensor = named ?? records.sensors(of: asset.id).first(where: { Unit.isEnergy($0.unit) && $0.resolution == .zero }) else { return nil }
        let now = query.belief.moment(now: data.now)
        let latest = try data.series.latest(of: [sensor.id], at: now, reach: .days(2), as: query.belief, caller: data.caller)
        guard let sample = latest[sensor.id]?[.measured] ?? latest[sensor.id]?[.plan] else { return nil }
        return ("\(NumberFormat.significant(sample.mean, digits: 6)) \(sensor.unit)", "sensor \(sensor.id), \(TimeFormat.age(now - sample.start)) old")
    }

    private static func contextFields(_ asset: Asset, _ records: Directory) -> [FormField] {
        let effective = records.inheritedFlexContext(of: asset.id)
        let keys = effective.keys + contextKeys.filter { effective[$0] == nil }
        var fields = keys.map { key -> FormField in
            let owner = asset.flexContext[key] != nil ? asset : records.ancestors(of: asset.id).first { $0.flexContext[key] != nil }
            let note = effective[key] == nil ? "not set" : owner?.id == asset.id ? "own flex-context" : "inherited from \(owner?.name ?? "")"
            if key == "relax-constraints" {
                let on = effective[key] == .bool(true)
                return FormField(id: "context \(key)", label: key, value: on ? "true" : "false", kind: .toggle, note: "penalise instead of failing")
            }
            return FormField(id: "context \(key)", label: key, value: effective[key].map(text) ?? "", note: note)
        }
        if !fields.isEmpty { fields[0].section = "FLEX-CONTEXT" }
        return fields
    }

    /// A stored value as it is typed: `sensor 2`, `350 kW`, JSON for the rest.
    static func text(_ value: JSONValue) -> String {
        if let text = value.stringValue { return text }
        if let id = value["sensor"]?.intValue, value.objectValue?.count == 1 { return "sensor \(id)" }
        return value.text()
    }
}

/// What the form is loaded for.
struct TriggerQuery: Hashable, Sendable {
    var asset: AssetID
    var belief: BeliefHorizon
    var zone: Zone
}

/// The form's fields as a message of the API; errors by field.
enum TriggerMessage {
    static func make(_ form: FormState, now: Instant, zone: Zone) -> (message: JSONObject, errors: [String: String]) {
        var message = JSONObject()
        var errors: [String: String] = [:]
        if let start = MomentText.parse(form.value("start"), now: now, zone: zone) {
            message["start"] = .string(start.text(in: zone))
        } else {
            errors["start"] = "not a time: try 14:45, tomorrow 6 or 2026-03-17 14:45"
        }
        if let span = MomentText.span(form.value("duration")[...]), span > .zero {
            message["duration"] = .string(duration(span))
        } else {
            errors["duration"] = "not a duration: try 24 h or 90 min"
        }
        let prior = form.value("prior").trimmed
        if !prior.isEmpty, prior != "now" {
            if let moment = MomentText.parse(prior, now: now, zone: zone) { message["prior"] = .string(moment.text(in: zone)) } else { errors["prior"] = "not a time" }
        }
        let model = changed(form, "model ")
        let context = changed(form, "context ")
        if !model.isEmpty { message["flex-model"] = .object(model) }
        if !context.isEmpty { message["flex-context"] = .object(context) }
        return (message, errors)
    }

    private static func duration(_ span: TimeSpan) -> String {
        let minutes = span.microseconds / 60_000_000
        return minutes % 60 == 0 ? "PT\(minutes / 60)H" : "PT\(minutes)M"
    }

    private static func changed(_ form: FormState, _ prefix: String) -> JSONObject {
        var result = JSONObject()
        for field in form.fields where field.id.hasPrefix(prefix) {
            let key = String(field.id.dropFirst(prefix.count))
            let isPrefilled = key == "soc-at-start" && field.note.hasPrefix("sensor")
            guard field.isChanged || isPrefilled else { continue }
            let text = field.value.trimmed
            if text.isEmpty { continue }
            result[key] = FlexInput.json(text)
        }
        return result
    }
}
