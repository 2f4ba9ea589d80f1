import EnergyCore
import Services
import TerminalKit

/// What can be done with variants.
@MainActor
enum CompareActions {
    static let all: [Action] = [
        .on(CompareScreen.self, "add", "add a variant: change one field", keys: ["a"], hint: "add variant") {
            screen, situation in
            guard screen.variants.count < 4 else {
                return [.message("four variants at most; d drops the selected one")]
            }
            return [.overlay(VariantForm.overlay(screen, situation.inputs))]
        },
        .on(CompareScreen.self, "more", "turn the knob of the variant up", keys: ["+"], hint: "knob", when: hasKnob) {
            screen, _ in
            screen.turn(up: true) ? [] : [.message("its value is no number; a adds a variant")]
        },
        .on(CompareScreen.self, "less", "turn the knob of the variant down", keys: ["-"], when: hasKnob) { screen, _ in
            screen.turn(up: false) ? [] : [.message("its value is no number; a adds a variant")]
        },
        .on(
            CompareScreen.self, "drop", "drop the selected variant", keys: ["d"],
            when: { screen, _ in
                screen.variants.count > 1 ? .available : .unavailable("there is only one variant")
            }
        ) { screen, _ in
            screen.drop()
            return []
        },
        .on(
            CompareScreen.self, "store", "store the selected variant", keys: ["F6"], hint: "store", writes: true,
            when: { screen, _ in
                screen.variant.whatIfs.isEmpty
                    ? .available
                    : .unavailable(WhatIf.whyNotStored)
            }
        ) { screen, _ in
            let variant = screen.variant
            let text =
                "The schedule \"\(variant.name)\" for \(variant.draft.title) is computed again and stored; it "
                + "counts from then on."
            return [
                .overlay(
                    ConfirmOverlay(title: "STORE", lines: [text], word: "Store") {
                        Storing.intents(variant.draft)
                    })
            ]
        },
        .on(CompareScreen.self, "explain", "explain the selected variant", keys: ["x"], hint: "explain") { screen, _ in
            [
                .push(
                    ExplainScreen(
                        draft: screen.variant.draft, title: screen.variant.name, whatIfs: screen.variant.whatIfs))
            ]
        },
    ]

    private static func hasKnob(_ screen: CompareScreen, _ situation: Situation) -> Availability {
        screen.variant.knob == nil ? .unavailable("select a variant with a changed field; a adds one") : .available
    }
}

/// Asks for the one field in which a variant differs.
@MainActor
enum VariantForm {
    private static let keys =
        [
            "site-power-capacity", "site-consumption-capacity", "consumption-price", "production-price", "soc-at-start",
            "soc-min", "soc-max",
            "soc-targets", "power-capacity", "roundtrip-efficiency", "relax-constraints",
        ] + Knob.whatIfs

    static func overlay(_ screen: CompareScreen, _ inputs: ScreenInputs) -> FormOverlay {
        let base = screen.variant
        var fields = [
            FormField(id: "key", label: "field", value: keys[0], kind: .choice(keys), note: "h l change"),
            FormField(id: "value", label: "value", note: note(keys[0])),
            FormField(id: "name", label: "name", note: "may be empty"),
        ]
        let devices = devices(base, inputs)
        if devices.count > 1 {
            let names = devices.map(\.name)
            fields.insert(
                FormField(
                    id: "device", label: "device", value: names[0], kind: .choice(names),
                    note: "for soc, power, efficiency"), at: 1)
        }
        let overlay = FormOverlay(title: "VARIANT of \(base.name)", fields: fields, button: "Add", labelWidth: 8) {
            form, overlay in
            let (key, text) = (form.value("key"), form.value("value").trimmed)
            guard !text.isEmpty else {
                overlay.show(FieldErrors("value", "say a value"))
                return []
            }
            let sensor = devices.first { $0.name == form.value("device") }?.sensor
            let example = key == "soc-targets" ? "50 kWh" : note(key).split(separator: ",").first.map(String.init) ?? ""
            var said = FlexInput.withUnit(text, like: [example])
            var name = form.value("name").trimmed
            let value = FlexInput.json(said, now: inputs.now, zone: inputs.zone, like: [example])
            if case .array(let events) = value, !events.isEmpty {
                if name.isEmpty { name = "\(key) \(said)" }
                said = value.text()
            }
            let knob = Knob(
                key: key, sensor: Variant.isModelKey(key) ? sensor : nil, text: said, now: inputs.now, zone: inputs.zone
            )
            if let problem = knob.problem {
                overlay.show(FieldErrors("value", problem))
                return []
            }
            screen.add(Variant(base, knob: knob, name: name))
            return [.closeOverlay]
        }
        overlay.adjust = { form in
            guard let index = form.fields.firstIndex(where: { $0.id == "value" }) else { return }
            form.fields[index].note = note(form.value("key"))
        }
        return overlay
    }

    /// An example of what the field takes.
    private static func note(_ key: String) -> String {
        switch key {
        case Knob.prices, Knob.flows: "20 or -10"
        case Knob.outages: "18:00 2 h, or 18:00-20:30"
        case Knob.quantiles: "90: what is exceeded once in ten times"
        case "relax-constraints": "true or false"
        case "soc-targets": "900 kWh at 18:00"
        case "roundtrip-efficiency": "85 %"
        case "consumption-price", "production-price": "90 EUR/MWh, or sensor 12"
        case let key where key.hasPrefix("soc"): "50 kWh, or sensor 12"
        default: "100 kW, or sensor 12"
        }
    }

    /// The devices of a request for several.
    private static func devices(_ variant: Variant, _ inputs: ScreenInputs) -> [(name: String, sensor: SensorID)] {
        guard let records = inputs.records else { return [] }
        let entries = variant.draft.message["flex-model"]?.arrayValue ?? []
        return entries.compactMap { entry in
            guard let id = entry["sensor"]?.intValue, let sensor = records.sensor(id) else { return nil }
            return (records.asset(sensor.assetID)?.name ?? "sensor \(id)", id)
        }
    }
}
