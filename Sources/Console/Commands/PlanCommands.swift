import EnergyCore
import Services
import TerminalKit

/// Commands about plans: compare, explain, forecast.
@MainActor
enum PlanCommands {
    static let all: [ConsoleCommand] = [
        ConsoleCommand(
            "compare", "A B|NAME", "compare schedules by number, or start what-ifs for a device", completions: names
        ) { text, situation in
            let numbers = text.split(separator: " ").map(String.init)
            let drafts = numbers.compactMap { jobDraft($0, situation) }
            if drafts.count >= 2, drafts.count == numbers.count {
                return [.push(CompareScreen(variants: Array(drafts.prefix(4))))]
            }
            if let one = drafts.first, numbers.count == 1 { return [.push(CompareScreen(variants: [one]))] }
            guard let draft = device(text, situation) else {
                return [.message("no schedule or device \"\(text)\"; say numbers as in Schedule (6): :compare 12 14")]
            }
            return [.push(CompareScreen(variants: [Variant(name: "now", draft: draft)]))]
        },
        ConsoleCommand(
            "explain", "ID|NAME", "explain a schedule by number, or a fresh one of a device", completions: names
        ) { text, situation in
            if let found = jobDraft(text, situation) {
                return [.push(ExplainScreen(draft: found.draft, title: found.name))]
            }
            guard let draft = device(text, situation) else {
                return [.message("no schedule or device \"\(text)\"; say a number as in Schedule (6): :explain 12")]
            }
            return [.push(ExplainScreen(draft: draft, title: draft.title))]
        },
        ConsoleCommand(
            "forecast", "ID|NAME", "trigger a forecast of a sensor, or of an asset's power", completions: names
        ) { text, situation in
            guard let records = situation.inputs.records else { return [] }
            let byID = Int(text).flatMap { records.sensor($0) }.flatMap {
                situation.inputs.data.canRead($0, records) ? $0 : nil
            }
            let sensor =
                byID
                ?? ThingCommands.find(text, situation).flatMap { asset in
                    records.sensors(of: asset.id).first { Unit.isPower($0.unit) }
                }
            guard let sensor else {
                return [.message("no sensor \"\(text)\"; say its id, or an asset with a power sensor")]
            }
            if let reason = situation.inputs.readOnlyReason { return [.message(reason)] }
            return [
                .overlay(
                    ForecastForm.overlay(sensor, place: records.asset(sensor.assetID)?.name ?? "", situation.inputs))
            ]
        },
        ConsoleCommand("api", "", "where the API answers, and how to use it") { _, situation in
            [.overlay(TextOverlay(title: "API", lines: apiLines(situation.inputs)))]
        },
        ConsoleCommand("lock", "", "cover the screen until you are back") { _, situation in
            [.overlay(LockOverlay(situation.inputs))]
        },
    ]

    private static func names(_ text: String, _ situation: Situation) -> [String] {
        ThingCommands.names(situation, text)
    }

    /// The request of a scheduling job, by its number with or without `#`.
    private static func jobDraft(_ text: String, _ situation: Situation) -> Variant? {
        guard let number = Int(text.hasPrefix("#") ? String(text.dropFirst()) : text),
            let records = situation.inputs.records
        else { return nil }
        let data = situation.inputs.data
        let jobs = (try? data.services.jobs.jobs(limit: 500, as: data.caller)) ?? []
        guard let job = jobs.first(where: { $0.number == number && $0.queue == "scheduling" }) else { return nil }
        return ScheduleRequestText.draft(job, records).map { Variant(name: "#\(number)", draft: $0) }
    }

    /// A fresh request for a device, as the schedules screen makes it.
    private static func device(_ text: String, _ situation: Situation) -> ScheduleDraft? {
        guard let records = situation.inputs.records, let asset = ThingCommands.find(text, situation) else {
            return nil
        }
        return ScheduleRequestText.fresh(asset, records, situation.inputs)
    }

    private static func apiLines(_ inputs: ScreenInputs) -> [String] {
        let isOff = inputs.apiText.isEmpty || inputs.apiText == "off"
        guard !isOff else {
            return [
                "The API is off in this process.", "", "flexdeck serve --db FILE answers it alone,",
                "flexdeck without --no-serve beside the console.",
            ]
        }
        let address =
            inputs.apiText.hasPrefix("http")
            ? inputs.apiText : "http://127.0.0.1\(inputs.apiText.hasPrefix(":") ? "" : ":")\(inputs.apiText)"
        return [
            "The API answers at \(inputs.apiText).", "",
            "T in Admin (0) makes a token. Then, for instance:", "",
            "  curl -H 'Authorization: TOKEN' \(address)/api/v3_0/assets", "",
            "Y on a screen or a form copies the request that does the same.",
        ]
    }
}
