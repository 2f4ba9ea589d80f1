import TerminalKit

/// Where an action has a meaning.
package enum ActionScope: Hashable, Sendable {
    case everywhere
    /// While a chart has the focus.
    case charts
    case screens([ScreenID])
}

/// The paragraph of the help in which an action stands.
package enum ActionGroup: String, CaseIterable, Hashable, Sendable {
    case screen = "THIS SCREEN"
    case things = "ON THINGS"
    case charts = "CHARTS"
    case moving = "MOVING"
    case everywhere = "EVERYWHERE"
}

/// Whether an action can be done now.
package enum Availability: Hashable, Sendable {
    case available
    /// Shown grey; the text says why it cannot be done and what to do about it.
    case unavailable(String)
}

/// One thing that can be done. Keys, key line, help, palette, `o` menu, key file, manual, scripts and tests are all
/// made
/// from the one table of these.
package struct Action {
    /// Name in key files, `:` commands and tests.
    package let id: String
    package let title: String
    /// One or two words for the key line; empty keeps it off.
    package var hint: String
    /// Names of keys, the first is shown.
    package let keys: [String]
    package let scope: ActionScope
    package let group: ActionGroup
    /// Changes something in the store; not in read-only mode.
    package var writes: Bool
    package let availability: @MainActor (Situation) -> Availability
    package let run: @MainActor (Situation) -> [Intent]

    package init(
        _ id: String, _ title: String, keys: [String], hint: String = "", scope: ActionScope = .everywhere,
        group: ActionGroup = .everywhere, writes: Bool = false,
        when availability: @escaping @MainActor (Situation) -> Availability = { _ in .available },
        run: @escaping @MainActor (Situation) -> [Intent]
    ) {
        self.id = id
        self.title = title
        self.keys = keys
        self.hint = hint
        self.scope = scope
        self.group = group
        self.writes = writes
        self.availability = availability
        self.run = run
    }

    /// An action of one screen, with the screen in its own type.
    @MainActor
    package static func on<S: Screen>(
        _ screen: S.Type, _ id: String, _ title: String, keys: [String], hint: String = "", writes: Bool = false,
        when availability: @escaping @MainActor (S, Situation) -> Availability = { _, _ in .available },
        run: @escaping @MainActor (S, Situation) -> [Intent]
    ) -> Action {
        Action(
            "\(S.id.rawValue).\(id)", title, keys: keys, hint: hint, scope: .screens([S.id]), group: .screen,
            writes: writes,
            when: { situation in
                guard let here = situation.screen as? S else { return .unavailable("only on this screen") }
                return availability(here, situation)
            },
            run: { situation in (situation.screen as? S).map { run($0, situation) } ?? [] })
    }
}

/// What an action is decided and run with.
@MainActor
package struct Situation {
    package let screen: any Screen
    package let screenID: ScreenID
    package let inputs: ScreenInputs
    /// What can be taken back, and what can be done again, in words.
    package let undoTitle: String?
    package let redoTitle: String?

    /// Whether an action can be done here and now.
    package func availability(of action: Action) -> Availability {
        if action.writes, let reason = inputs.readOnlyReason { return .unavailable(reason) }
        return action.availability(self)
    }

    package func isInScope(_ action: Action) -> Bool {
        switch action.scope {
        case .everywhere: true
        case .charts: screen.focusKind == .chart
        case .screens(let ids): ids.contains(screenID)
        }
    }
}
