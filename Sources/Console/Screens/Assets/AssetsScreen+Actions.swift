import EnergyCore
import Services
import TerminalKit

extension AssetsScreen {
    private static func editable(_ screen: AssetsScreen) -> Availability {
        guard let model = screen.model, model.asset != nil else { return .unavailable("select an asset first") }
        return model.isEditable ? .available : .unavailable("your roles do not permit changing this asset")
    }

    static let actions: [Action] = [
        .on(AssetsScreen.self, "add", "add an asset here", keys: ["a"], hint: "add", writes: true) {
            screen, situation in
            [.overlay(AssetForms.newAsset(screen, situation.inputs))]
        },
        .on(
            AssetsScreen.self, "add-sensor", "add a sensor to this asset", keys: ["N"], writes: true,
            when: { screen, _ in editable(screen) }
        ) { screen, situation in
            screen.asset.map { [.overlay(AssetForms.newSensor($0, situation.inputs))] } ?? []
        },
        .on(
            AssetsScreen.self, "modify", "modify what is selected", keys: ["m"], hint: "modify", writes: true,
            when: { screen, _ in editable(screen) }
        ) { screen, situation in
            AssetForms.modify(screen, situation.inputs)
        },
        .on(
            AssetsScreen.self, "delete", "delete (asks)", keys: ["d"], hint: "delete", writes: true,
            when: { screen, _ in editable(screen) }
        ) { screen, _ in
            AssetForms.delete(screen)
        },
        .on(
            AssetsScreen.self, "edit-json", "edit as JSON in your editor", keys: ["E"], hint: "edit JSON", writes: true,
            when: { screen, _ in editable(screen) }
        ) { screen, situation in
            screen.asset.map { [AssetJSON.edit($0, situation.inputs)] } ?? []
        },
        .on(
            AssetsScreen.self, "copy-tree", "copy this asset with all below it", keys: ["C"], writes: true,
            when: { screen, _ in editable(screen) }
        ) { screen, _ in
            guard let asset = screen.asset else { return [] }
            return [
                .work(
                    title: "copy \(asset.name)",
                    Work { data in
                        _ = try data.services.assets.copy(asset.id, toAccount: nil, under: nil, as: data.caller)
                        return "copied \(asset.name) with all below it"
                    })
            ]
        },
    ]
}

/// Assets as the JSON that people edit: the fields the API takes.
enum AssetJSON {
    static func editable(_ asset: Asset) -> JSONObject {
        [
            "name": .string(asset.name), "latitude": asset.latitude.map { .double($0) } ?? .null,
            "longitude": asset.longitude.map { .double($0) } ?? .null, "external_id": .text(asset.externalID),
            "attributes": .object(asset.attributes), "flex_context": .object(asset.flexContext),
            "flex_model": asset.flexModel ?? .null, "sensors_to_show": asset.sensorsToShow,
            "sensors_to_show_as_kpis": asset.sensorsToShowAsKPIs,
        ]
    }

    /// Hands the asset to the editor: as it is, or the text that was typed for it and could not be stored yet.
    @MainActor
    static func edit(_ asset: Asset, _ inputs: ScreenInputs) -> Intent {
        let draft = "draft.json.\(asset.id)"
        let kept = inputs.drafts[draft]
        let text = kept ?? editable(asset).text(.indented) + "\n"
        return .edit(text: text, ending: "json", isKept: kept != nil) { text in
            text.trimmed.isEmpty
                ? [.draft(draft, nil), .message("the text is gone; nothing was changed")]
                : [.draft(draft, text)] + changes(text, of: asset, draft)
        }
    }

    /// The fields that differ, as work; the draft goes when it is stored.
    @MainActor
    private static func changes(_ text: String, of asset: Asset, _ draft: String) -> [Intent] {
        do {
            guard let fields = try JSONValue(parsing: text).objectValue else {
                return [.message("expected a JSON object; E goes on with your text")]
            }
            let before = editable(asset)
            let changed = JSONObject(fields.filter { before[$0.key] != $0.value }.map { ($0.key, $0.value) })
            guard !changed.isEmpty else { return [.draft(draft, nil), .message("nothing was changed")] }
            let work = AssetForms.update(asset, changed)
            return [.work(title: "save \(asset.name)", Work(work.run, then: { [.draft(draft, nil)] }))]
        } catch {
            return [.message("not valid JSON: \(error); E goes on with your text")]
        }
    }
}
