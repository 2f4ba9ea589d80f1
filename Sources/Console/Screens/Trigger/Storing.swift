import EnergyCore
import Services
import TerminalKit

/// Values of a form as text, for drafts that survive a restart.
enum Drafts {
    static func text(_ form: FormState) -> String {
        JSONValue.object(JSONObject(form.fields.filter(\.isChanged).map { ($0.id, .string($0.value)) })).text()
    }

    static func read(_ text: String?) -> [String: String] {
        guard let text, let object = (try? JSONValue(parsing: text))?.objectValue else { return [:] }
        return Dictionary(uniqueKeysWithValues: object.compactMap { key, value in value.stringValue.map { (key, $0) } })
    }
}

/// Puts a draft into the queue, leaves for the list of schedules and follows its job.
@MainActor
enum Storing {
    static func intents(_ draft: ScheduleDraft, forgetting name: String? = nil) -> [Intent] {
        [
            .follow(
                title: "schedule for \(draft.title)",
                then: {
                    (name.map { [.draft($0, nil)] } ?? [])
                        + [.pop, .open(.schedules, Place(account: draft.asset.accountID, asset: draft.asset.id))]
                }
            ) { data in
                try data.services.schedules.trigger(draft.message, for: draft.target, as: data.caller)
            }
        ]
    }
}
