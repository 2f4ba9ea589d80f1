import EnergyCore
import Services
import TerminalKit

/// Forms and questions about assets and sensors.
@MainActor
enum AssetForms {
    /// Changes some fields of an asset.
    nonisolated static func update(_ asset: Asset, _ fields: JSONObject) -> Work {
        Work { data in
            _ = try data.services.assets.update(asset.id, fields, as: data.caller)
            return "changed \(fields.keys.joined(separator: ", ")) of \(asset.name); u takes it back"
        }
    }

    /// Runs work for a form: closes it when all is well, shows errors at their fields otherwise.
    static func submit(
        _ overlay: FormOverlay, _ inputs: ScreenInputs, title: String,
        _ run: @escaping @Sendable (ConsoleData) throws -> String
    ) -> [Intent] {
        let data = inputs.data
        overlay.begin(title)
        inputs.loader.begin()
        inputs.loader.run({ try run(data) }) { [weak overlay] result in
            if case .failure(let error) = result { overlay?.show(error) }
            if case .success(let text) = result { overlay?.finish(text) }
            inputs.loader.end()
        }
        return []
    }

    static func newAsset(_ screen: AssetsScreen, _ inputs: ScreenInputs) -> FormOverlay {
        let parent = screen.asset
        let account: AccountID? =
            if case .account(let id)? = screen.node { id } else { parent?.accountID ?? inputs.data.caller.accountID }
        let types = screen.types
        let fields = [
            FormField(id: "name", label: "name"),
            FormField(
                id: "generic_asset_type_id", label: "type", value: types.contains("site") ? "site" : types.first ?? "",
                kind: .choice(types), note: "h l change"),
            FormField(id: "latitude", label: "latitude", note: "degrees N, or empty"),
            FormField(id: "longitude", label: "longitude", note: "degrees E, or empty"),
        ]
        let intro = parent.map { "below \($0.name)" } ?? "at the top of the account"
        return FormOverlay(title: "ADD ASSET", fields: fields, intro: [intro], button: "Add") { form, overlay in
            let values = Dictionary(uniqueKeysWithValues: form.fields.map { ($0.id, $0.value.trimmed) })
            return submit(overlay, inputs, title: "add asset") { data in
                let records = try data.records()
                var body: JSONObject = ["name": .string(values["name"] ?? ""), "account_id": .int(account)]
                if let parent { body["parent_asset_id"] = .int(Int64(parent.id)) }
                let type = records.assetTypes.values.first { $0.name == values["generic_asset_type_id"] }
                body["generic_asset_type_id"] = .int(type?.id)
                for key in ["latitude", "longitude"] {
                    guard let text = values[key], !text.isEmpty else { continue }
                    body[key] = Double(text).map { .double($0) } ?? .string(text)
                }
                let made = try data.services.assets.create(body, as: data.caller)
                return "added \(made.name) (asset \(made.id))"
            }
        }
    }

    static func newSensor(_ asset: Asset, _ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "name", label: "name", value: "power"),
            FormField(id: "unit", label: "unit", value: "kW", note: "kW, kWh, EUR/MWh, °C, % ..."),
            FormField(
                id: "event_resolution", label: "resolution", value: "PT15M", note: "PT15M, PT1H; PT0M for readings"),
            FormField(id: "timezone", label: "time zone", value: inputs.zone.name),
        ]
        return FormOverlay(title: "ADD SENSOR", fields: fields, intro: ["to \(asset.name)"], button: "Add") {
            form, overlay in
            let body = JSONObject(
                form.fields.map { ($0.id, .string($0.value.trimmed)) } + [("generic_asset_id", .int(Int64(asset.id)))])
            return submit(overlay, inputs, title: "add sensor") { data in
                let made = try data.services.sensors.create(body, as: data.caller)
                return "added sensor \(made.id) \(made.name)"
            }
        }
    }

    /// The form for what is selected: a flex field, a property, else all properties.
    static func modify(_ screen: AssetsScreen, _ inputs: ScreenInputs) -> [Intent] {
        guard let asset = screen.asset else { return [] }
        switch screen.line?.target {
        case .flexModel(let key): return [.overlay(FlexFieldForm.overlay(asset, key: key, isModel: true, inputs))]
        case .flexContext(let key, let owner):
            guard owner == asset.id else {
                return [.message("inherited: Enter goes to where it is set; m on the heading sets an own value")]
            }
            return [.overlay(FlexFieldForm.overlay(asset, key: key, isModel: false, inputs))]
        case .sensor(let id):
            guard let sensor = screen.model?.sensors.first(where: { $0.id == id }) else { return [] }
            return [.overlay(sensorForm(sensor, inputs))]
        default: break
        }
        return [.overlay(properties(asset, inputs))]
    }

    private static func properties(_ asset: Asset, _ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "name", label: "name", value: asset.name),
            FormField(id: "latitude", label: "latitude", value: asset.latitude.map { String($0) } ?? ""),
            FormField(id: "longitude", label: "longitude", value: asset.longitude.map { String($0) } ?? ""),
            FormField(id: "external_id", label: "external id", value: asset.externalID ?? ""),
            FormField(
                id: "attributes", label: "attributes", value: JSONValue.object(asset.attributes).text(), note: "JSON"),
            FormField(id: "sensors_to_show", label: "charts", value: asset.sensorsToShow.text(), note: "JSON"),
            FormField(
                id: "sensors_to_show_as_kpis", label: "KPIs", value: asset.sensorsToShowAsKPIs.text(), note: "JSON"),
        ]
        return FormOverlay(title: "MODIFY \(asset.name)", fields: fields, button: "Save") { form, overlay in
            var body = JSONObject()
            for field in form.fields where field.isChanged { body[field.id] = json(field.id, field.value.trimmed) }
            guard !body.isEmpty else { return [.closeOverlay, .message("nothing was changed")] }
            let work = update(asset, body)
            return submit(overlay, inputs, title: "save", work.run)
        }
    }

    private static func json(_ key: String, _ text: String) -> JSONValue {
        switch key {
        case "name": .string(text)
        case "external_id": text.isEmpty ? .null : .string(text)
        case "latitude", "longitude": text.isEmpty ? .null : Double(text).map { .double($0) } ?? .string(text)
        default: (try? JSONValue(parsing: text)) ?? .string(text)
        }
    }

    private static func sensorForm(_ sensor: Sensor, _ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "name", label: "name", value: sensor.name),
            FormField(id: "unit", label: "unit", value: sensor.unit),
            FormField(id: "timezone", label: "time zone", value: sensor.timezone),
            FormField(
                id: "attributes", label: "attributes", value: JSONValue.object(sensor.attributes).text(), note: "JSON"),
        ]
        return FormOverlay(title: "MODIFY SENSOR \(sensor.id)", fields: fields, button: "Save") { form, overlay in
            var body = JSONObject()
            for field in form.fields where field.isChanged {
                body[field.id] =
                    field.id == "attributes" ? json("attributes", field.value) : .string(field.value.trimmed)
            }
            guard !body.isEmpty else { return [.closeOverlay, .message("nothing was changed")] }
            return submit(overlay, inputs, title: "save") { [body] data in
                _ = try data.services.sensors.update(sensor.id, body, as: data.caller)
                return "changed sensor \(sensor.id); u takes it back"
            }
        }
    }

    /// The question before an asset or a sensor goes.
    static func delete(_ screen: AssetsScreen) -> [Intent] {
        guard let model = screen.model, let asset = model.asset else { return [] }
        if case .sensor(let id)? = screen.line?.target, let sensor = model.sensors.first(where: { $0.id == id }) {
            return [
                confirm(
                    "DELETE SENSOR", name: sensor.name,
                    lines: ["Sensor \(id) \(sensor.name) of \(asset.name) and all its data will be deleted."]
                ) { data in
                    try data.services.sensors.delete(id, as: data.caller)
                    return "deleted sensor \(sensor.name); u takes it back for 10 minutes"
                }
            ]
        }
        let assets = model.assetsBelow == 0 ? "" : "\(model.assetsBelow + 1) assets, "
        let count = model.sensorsBelow
        let sensors = count == 1 ? "1 sensor with all its data" : "\(count) sensors with all their data"
        return [
            confirm(
                "DELETE ASSET", name: asset.name,
                lines: ["\(asset.name) and all below it will be deleted:", "   \(assets)\(sensors)"]
            ) { data in
                try data.services.assets.delete(asset.id, as: data.caller)
                return "deleted \(asset.name); u takes it back for 10 minutes"
            }
        ]
    }

    private static func confirm(
        _ title: String, name: String, lines: [String], _ run: @escaping @Sendable (ConsoleData) throws -> String
    ) -> Intent {
        .overlay(
            ConfirmOverlay(
                title: title, lines: lines + ["", "Undo is possible for 10 minutes (u), then it is final."],
                word: "Delete", name: name
            ) { [.work(title: "delete \(name)", Work(run))] })
    }
}
