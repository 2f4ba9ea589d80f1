import EnergyCore
import Services

/// How a console is started.
package struct ConsoleOptions: Sendable {
    /// On whose behalf; nil asks for a sign-in.
    package var caller: Caller = .host(.console)
    package var isReadOnly = false
    /// The file does not let itself be written to, though nobody asked for reading only.
    package var isStoreReadOnly = false
    package var files = ConsoleFiles()
    /// Overrides of the settings for this run.
    package var theme: String?
    package var forcesASCII = false
    package var noColour = false
    package var mouse = false
    package var screen: ScreenID?
    /// What the header says about the API: an address, or why there is none.
    package var apiText = ""
    /// Sign-in is asked for before anything shows.
    package var asksForSignIn = false
    /// Whether a first site is asked for before anything shows: the store is empty.
    package var offersFirstSite = false
    /// Whether others depend on this process answering, so that suspending it needs a second thought.
    package var isServing = false
    /// The user's editor, for editing as JSON; nil when there is none.
    package var editor: [String]?
    /// The machine's zone, for times that are shown as local.
    package var localZone: String?
    /// A folder for files that an editor gets.
    package var temporaryFolder = "/tmp"

    package init() {}
}
