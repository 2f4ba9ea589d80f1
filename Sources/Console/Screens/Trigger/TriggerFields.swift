import EnergyCore
import Services
import TerminalKit

/// The fields of the trigger form, each with its value and where that comes from.
///
/// Ids of fields: `model KEY` for the one device, `dev SENSOR KEY` and `use SENSOR` for each of several, `context KEY`.
struct TriggerFields: Hashable, Sendable {
    var draft: ScheduleDraft
    var fields: [FormField]

    private static let modelKeys = [
        "soc-at-start", "soc-min", "soc-max", "soc-targets", "power-capacity", "consumption-capacity",
        "production-capacity",
        "charging-efficiency", "discharging-efficiency", "roundtrip-efficiency", "storage-efficiency",
        "prefer-charging-sooner",
    ]
    private static let contextKeys = [
        "consumption-price", "production-price", "site-power-capacity", "site-consumption-capacity",
        "site-production-capacity",
        "site-peak-consumption-price", "inflexible-device-sensors", "relax-constraints",
    ]

    @Sendable
    static func load(_ query: TriggerQuery, _ data: ConsoleData) throws -> TriggerFields {
        let records = try data.records()
        let asset = try data.services.assets.asset(query.asset, as: data.caller)
        let devices = TriggerDevices.all(of: asset, records, data)
        let single =
            devices.count == 1 && devices[0].asset.id == asset.id && asset.flexModel?.objectValue != nil
            ? devices[0] : nil
        var fields = head(asset, devices, isSingle: single != nil, query, data)
        if let single {
            fields += try modelFields(single, query, data, records)
        } else {
            let joint = devices.filter { !$0.isProcess || devices.count == 1 }
            for device in joint { fields += try deviceFields(device, query, data, records) }
        }
        fields += contextFields(asset, query, data, records)
        let target: ScheduleService.Target = single.map { .sensor($0.sensor.id) } ?? .asset(asset.id)
        return TriggerFields(
            draft: ScheduleDraft(asset: asset, target: target, title: asset.name, message: JSONObject()), fields: fields
        )
    }

    private static func head(
        _ asset: Asset, _ devices: [TriggerDevice], isSingle: Bool, _ query: TriggerQuery, _ data: ConsoleData
    ) -> [FormField] {
        var note = "1 device"
        if !isSingle {
            note =
                switch devices.count {
                case 0: "no device with flex-model and power sensor"
                case 1: "1 device below it"
                default: "\(devices.count) devices, scheduled together"
                }
        }
        let steps = devices.map(\.sensor.resolution).filter { $0 > .zero }
        return [
            FormField(id: "for", label: "For", value: asset.name, kind: .fixed, note: note),
            FormField(id: "start", label: "Start", value: start(steps.min(), query, data), note: "next slot boundary"),
            FormField(id: "duration", label: "Duration", value: "24 h", note: "at most \(limit(data))"),
            FormField(id: "prior", label: "Beliefs before", value: prior(query), note: "or as of 11:00, -2h"),
        ]
    }

    private static func start(_ step: TimeSpan?, _ query: TriggerQuery, _ data: ConsoleData) -> String {
        let step = max(step ?? .minutes(15), .minutes(1)).microseconds
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
        _ device: TriggerDevice, _ query: TriggerQuery, _ data: ConsoleData, _ records: Directory
    ) throws -> [FormField] {
        let model = device.model
        let keys = model.keys + modelKeys.filter { model[$0] == nil }
        var fields = keys.map { key in
            FormField(
                id: "model \(key)", label: key, value: model[key].map { text($0, query, data) } ?? "",
                note: model[key] == nil ? "not set" : "own flex-model")
        }
        if model["soc-at-start"] == nil {
            try fillLevel(of: device, in: &fields, "model soc-at-start", query, data, records)
        }
        fields[0].section = "FLEX-MODEL"
        return fields
    }

    /// One of several devices: whether it takes part, and its fields. What is not stored is left out, save the level
    /// and the targets.
    private static func deviceFields(
        _ device: TriggerDevice, _ query: TriggerQuery, _ data: ConsoleData, _ records: Directory
    ) throws -> [FormField] {
        let model = device.model
        let prefix = "dev \(device.sensor.id) "
        let extra = device.isStorage ? ["soc-at-start", "soc-targets"] : []
        var keys = model.keys + device.listed.keys.filter { model[$0] == nil }
        keys = extra.filter { !keys.contains($0) } + keys
        var fields = keys.map { key -> FormField in
            let value = device.listed[key] ?? model[key]
            let note =
                device.listed[key] != nil
                ? "the site's list of flex-models" : model[key] != nil ? "own flex-model" : "not set"
            return FormField(
                id: prefix + key, label: "  \(key)", value: value.map { text($0, query, data) } ?? "", note: note)
        }
        let levelID = prefix + "soc-at-start"
        if model["soc-at-start"] == nil, device.listed["soc-at-start"] == nil {
            try fillLevel(of: device, in: &fields, levelID, query, data, records)
        }
        let knowsLevel = !device.isStorage || fields.contains { $0.id == levelID && !$0.value.isEmpty }
        if !knowsLevel, let index = fields.firstIndex(where: { $0.id == levelID }) {
            fields[index].note = "unknown: say it, then include the device"
        }
        let use = FormField(
            id: "use \(device.sensor.id)", label: device.asset.name, value: knowsLevel ? "true" : "false",
            kind: .toggle,
            note: knowsLevel
                ? "include; sensor \(device.sensor.id) \(device.sensor.name)"
                : "left out: its state of charge is not known",
            section: "DEVICE  \(device.asset.name)")
        return [use] + fields
    }

    private static func fillLevel(
        of device: TriggerDevice, in fields: inout [FormField], _ id: String, _ query: TriggerQuery,
        _ data: ConsoleData, _ records: Directory
    ) throws {
        let model = device.model
        guard let index = fields.firstIndex(where: { $0.id == id }),
            let level = try TriggerDevices.level(model, device.asset, query, data, records)
        else { return }
        fields[index].value = level.text
        fields[index].note = level.note
        fields[index].accept()
    }

    private static func contextFields(
        _ asset: Asset, _ query: TriggerQuery, _ data: ConsoleData, _ records: Directory
    ) -> [FormField] {
        let effective = records.inheritedFlexContext(of: asset.id)
        let keys = effective.keys + contextKeys.filter { effective[$0] == nil }
        var fields = keys.map { key -> FormField in
            let owner =
                asset.flexContext[key] != nil
                ? asset : records.ancestors(of: asset.id).first { $0.flexContext[key] != nil }
            let note =
                effective[key] == nil
                ? "not set" : owner?.id == asset.id ? "own flex-context" : "inherited: \(owner?.name ?? "")"
            if key == "relax-constraints" {
                let on = effective[key] == .bool(true)
                return FormField(
                    id: "context \(key)", label: key, value: on ? "true" : "false", kind: .toggle,
                    note: "penalise instead of failing")
            }
            return FormField(
                id: "context \(key)", label: key, value: effective[key].map { text($0, query, data) } ?? "", note: note)
        }
        if !fields.isEmpty { fields[0].section = "FLEX-CONTEXT" }
        return fields
    }

    private static func text(_ value: JSONValue, _ query: TriggerQuery, _ data: ConsoleData) -> String {
        FlexInput.text(ofEvents: value, now: data.now, zone: query.zone) ?? text(value)
    }

    /// A stored value as it is typed: `sensor 2`, `350 kW`, JSON for the rest.
    static func text(_ value: JSONValue) -> String {
        if let text = value.stringValue { return text }
        if let id = value["sensor"]?.intValue, value.objectValue?.count == 1 { return "sensor \(id)" }
        return value.text()
    }
}
