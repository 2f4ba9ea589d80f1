import TerminalKit

/// The same letter means the same on every screen, wherever there is such a thing.
@MainActor
enum ThingActions {
    static let all: [Action] = []
}
