import EnergyCore
import Services
import TerminalKit

/// The form of one field of an asset's flex-model or flex-context: what it means, how it may be written, its value.
@MainActor
enum FlexFieldForm {
    /// - Parameter key: the field; empty to choose one of those that are not set
    static func overlay(_ asset: Asset, key: String, isModel: Bool, _ inputs: ScreenInputs) -> FormOverlay {
        let stored = isModel ? asset.flexModel?.objectValue ?? JSONObject() : asset.flexContext
        let before = stored[key].map(TriggerFields.text) ?? ""
        let part = isModel ? "flex_model" : "flex_context"
        let known = reference(asset, isModel: isModel)
        let free = known.map(\.name).filter { stored[$0] == nil }
        let name = key.isEmpty ? free.first ?? "" : key
        let fields = [
            FormField(
                id: "key", label: "field", value: name, kind: key.isEmpty ? .choice(free) : .fixed,
                note: key.isEmpty ? "h l change, letters jump" : ""),
            FormField(id: "meaning", label: "", kind: .fixed), FormField(id: "forms", label: "", kind: .fixed),
            FormField(id: part, label: "value", value: before, note: "empty removes it"),
        ]
        let overlay = FormOverlay(
            title: "\(isModel ? "FLEX-MODEL" : "FLEX-CONTEXT") of \(asset.name)", fields: fields,
            intro: ["A quantity (25 kWh), sensor 12, true, false, or JSON."],
            button: "Save", labelWidth: 8
        ) { form, overlay in
            var fields = stored
            let name = form.value("key").trimmed
            let text = FlexInput.withUnit(form.value(part).trimmed, like: [before])
            fields[name] = text.isEmpty ? nil : FlexInput.json(text)
            guard fields != stored else { return [.closeOverlay, .message("nothing was changed")] }
            return AssetForms.submit(
                overlay, inputs, title: "save", AssetForms.update(asset, [part: .object(fields)]).run)
        }
        func explain(_ form: inout FormState) {
            let field = known.first { $0.name == form.value("key") }
            form["meaning"]?.value = field?.meaning.replacing("`", with: "") ?? ""
            form["forms"]?.value = field.map(forms) ?? ""
        }
        overlay.adjust = explain
        explain(&overlay.form)
        if !key.isEmpty { overlay.form.focus(on: part) }
        return overlay
    }

    private static func reference(_ asset: Asset, isModel: Bool) -> [FlexField] {
        let isProcess = asset.type.name == "process" || asset.type.name == "load"
        let groups = !isModel ? FlexContext.reference : isProcess ? ProcessModel.reference : FlexModel.reference
        return groups.flatMap(\.fields)
    }

    /// `quantity, sensor; without it: 0`
    private static func forms(_ field: FlexField) -> String {
        var text = field.forms.map(\.name).joined(separator: ", ")
        if !field.standard.isEmpty { text += "; without it: \(field.standard)" }
        return text.replacing("`", with: "")
    }
}
