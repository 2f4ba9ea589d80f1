import TerminalKit

/// What can be done in the trigger form besides filling it in.
@MainActor
enum TriggerActions {
    static let all: [Action] = [
        .on(TriggerScreen.self, "preview", "compute the preview", keys: ["Ctrl-S"], hint: "preview", when: loaded) {
            screen, situation in
            screen.preview(situation.inputs)
        },
        .on(TriggerScreen.self, "store", "store the schedule", keys: ["F6"], hint: "store", writes: true, when: loaded)
        { screen, situation in
            screen.store(situation.inputs)
        },
        .on(
            TriggerScreen.self, "shorten", "end the schedule where the known prices end", keys: ["F9"],
            when: { screen, _ in
                screen.pricesEnd == nil ? .unavailable("the prices are known for the whole schedule") : .available
            }
        ) { screen, situation in screen.shorten(situation.inputs) },
        .on(TriggerScreen.self, "sensor", "find a sensor for this field", keys: ["F3"], when: loaded) {
            screen, situation in
            screen.pickSensor(situation.inputs)
        },
        .on(TriggerScreen.self, "json", "show the request as JSON", keys: ["F4"], when: loaded) { screen, _ in
            screen.toggleJSON()
            return []
        },
        .on(TriggerScreen.self, "explain", "explain the preview", keys: ["F5"], when: loaded) { screen, situation in
            screen.explain(situation.inputs)
        },
        .on(TriggerScreen.self, "compare", "compare with variants", keys: ["F7"], when: loaded) { screen, situation in
            screen.compare(situation.inputs)
        },
        .on(TriggerScreen.self, "curl", "copy the request as a curl command", keys: ["F8"], when: loaded) {
            screen, situation in
            screen.copyDetail(situation.inputs).map { [.copy($0, what: "the request as a command")] } ?? []
        },
    ]

    private static func loaded(_ screen: TriggerScreen, _ situation: Situation) -> Availability {
        screen.hasForm ? .available : .unavailable("the form is still being filled in")
    }
}
