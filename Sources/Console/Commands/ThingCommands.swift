import EnergyCore
import Services

/// Commands that name an asset, sensor, account or schedule.
@MainActor
enum ThingCommands {
    static let all: [ConsoleCommand] = [
        ConsoleCommand("asset", "ID|NAME", "go to an asset", completions: { text, situation in names(situation, text) })
        { text, situation in
            guard let asset = find(text, situation) else { return [.message("no asset \"\(text)\"")] }
            return [.open(.assets, Place(account: situation.inputs.place.account, asset: asset.id))]
        },
        ConsoleCommand(
            "graphs", "ID|NAME", "show the charts of an asset",
            completions: { text, situation in names(situation, text) }
        ) { text, situation in
            guard let asset = find(text, situation) else { return [.message("no asset \"\(text)\"")] }
            return [.open(.graphs, Place(account: situation.inputs.place.account, asset: asset.id))]
        },
        ConsoleCommand("sensor", "ID", "show the asset of a sensor") { text, situation in
            guard let id = Int(text) else { return [.message("say the sensor's id")] }
            return DetailNavigation.open(.sensor(id), situation.inputs)
        },
        ConsoleCommand(
            "schedule", "ID|NAME", "trigger a schedule, preview first",
            completions: { text, situation in names(situation, text) }
        ) { text, situation in
            guard let asset = find(text, situation) else { return [.message("no asset \"\(text)\"")] }
            return [.push(TriggerScreen(asset: asset.id))]
        },
        ConsoleCommand("upload", "FILE SENSOR", "upload a file into a sensor") { text, situation in
            let parts = text.split(separator: " ").map(String.init)
            guard parts.count == 2, let id = Int(parts[1]), let sensor = situation.inputs.records?.sensor(id) else {
                return [.message("say a file and a sensor's id: :upload load.csv 12")]
            }
            return [.overlay(UploadForm.overlay(sensor, situation.inputs, path: parts[0]))]
        },
        ConsoleCommand(
            "account", "NAME", "show one account, or all",
            completions: { text, situation in
                CommandTable.matching(
                    (situation.inputs.records?.readableAccounts(situation.inputs.data.caller) ?? []).map(\.name), text)
            }
        ) { text, situation in
            if text.isEmpty { return [.open(.overview, Place())] }
            guard let records = situation.inputs.records,
                let account = records.readableAccounts(situation.inputs.data.caller).first(where: {
                    $0.name.lowercased() == text.lowercased() || String($0.id) == text
                })
            else { return [.message("no account \"\(text)\"")] }
            return [.open(.overview, Place(account: account.id))]
        },
        ConsoleCommand("login", "", "sign in as another user") { _, situation in
            [.overlay(SignIn.overlay(situation.inputs))]
        },
    ]

    private static func readable(_ situation: Situation) -> [Asset] {
        guard let records = situation.inputs.records else { return [] }
        return records.children(of: nil).flatMap { records.tree(from: $0.id) }.filter {
            situation.inputs.data.canRead($0, records)
        }
    }

    static func names(_ situation: Situation, _ text: String) -> [String] {
        Array(CommandTable.matching(readable(situation).map(\.name), text).prefix(20))
    }

    /// By id, by whole name, else by a part of the name.
    static func find(_ text: String, _ situation: Situation) -> Asset? {
        let all = readable(situation)
        if let id = Int(text) { return all.first { $0.id == id } }
        let wanted = text.lowercased()
        return all.first { $0.name.lowercased() == wanted }
            ?? (wanted.isEmpty ? nil : all.first { $0.name.lowercased().contains(wanted) })
    }
}
