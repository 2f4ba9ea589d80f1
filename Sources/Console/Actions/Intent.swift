import EnergyCore
import Services
import TerminalKit

/// Something that only the shell does. Screens, overlays and actions return intents; the shell executes them.
package enum Intent {
    /// Goes to a screen with a tab, possibly to another place.
    case open(ScreenID, Place?)
    /// Selects a row of a screen by its id.
    case select(ScreenID, String)
    /// Puts a screen over the present one; Esc comes back.
    case push(any Screen)
    /// Closes the present screen or goes back to where one came from.
    case pop
    case goto(Place)
    case overlay(any Overlay)
    case closeOverlay
    case message(String)
    case failure(ErrorText)
    case copy(String, what: String)
    case belief(BeliefHorizon)
    case chart(ChartCommand)
    /// Changes settings and saves them.
    case settings(@MainActor (inout ConsoleSettings) -> Void)
    /// Work that writes: runs elsewhere, then says its text or its error.
    case work(title: String, Work)
    /// Runs an action by its id, as palette and menu do.
    case action(String)
    case command(String)
    case play(Bool)
    case toggleFreeze
    case toggleLog
    /// Opens the log with lines of this weight and more.
    case logLevel(LogLevel)
    case refresh
    case redraw
    /// Puts a job into the queue and follows it to its end, wherever the user goes meanwhile. What comes next waits until
    /// the job is in the queue, so that a form stays where it cannot be put there, and is left out when the user has gone
    /// on.
    case follow(
        title: String, then: @MainActor () -> [Intent] = { [] },
        failed: @MainActor (any Error) -> Void = { _ in }, @Sendable (ConsoleData) throws -> String)
    /// Keeps a form's values under a name, or forgets them.
    case draft(String, String?)
    /// Makes a change undoable; to be told once it is made.
    case remember(UndoEntry)
    case undo
    case redo
    /// Hands a text to the user's editor; `isKept` when it is what was typed before and could not be used yet.
    case edit(text: String, ending: String, isKept: Bool = false, apply: @MainActor (String) -> [Intent])
    case signIn(Caller)
    /// Writes a file; one that is there already only after a question, unless told to.
    case write(path: String, text: String, overwrites: Bool = false)
    case suspend
    case quit
    /// Ends without asking again.
    case quitNow
}

/// A piece of work behind an intent.
package struct Work: Sendable {
    /// Runs away from the main actor; returns what to say.
    package var run: @Sendable (ConsoleData) throws -> String
    /// What follows when it went well.
    package var then: @MainActor () -> [Intent]

    package init(
        _ run: @escaping @Sendable (ConsoleData) throws -> String, then: @escaping @MainActor () -> [Intent] = { [] }
    ) {
        self.run = run
        self.then = then
    }
}
