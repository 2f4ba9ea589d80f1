import EnergyCore
import Services
import TerminalKit

/// What kind of thing has the focus; decides which general keys mean something.
package enum PaneKind: Hashable, Sendable {
    case list
    case tree
    case chart
    case form
    case text
}

/// A screen: keeps what is selected, loads what it shows, draws it, and turns keys into intents.
///
/// Screens never call services on the main actor: they hand a query to a ``ViewModel``, which loads an immutable value
/// elsewhere. Everything below has a default, so a screen says only what it can do.
@MainActor
package protocol Screen: AnyObject {
    static var id: ScreenID { get }
    /// Where one is, from the outside to the inside.
    var path: [String] { get }
    /// The tab that is lit while this screen shows.
    var tab: ScreenID { get }
    var focusKind: PaneKind { get }
    /// Whose keys come first in the key line, which is shortened from the right.
    var keyOrder: [ActionGroup] { get }

    /// Called after everything that may change what is shown; asks the view models for what is needed now.
    func update(_ inputs: ScreenInputs)
    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs)
    /// The same facts as text, for `--plain` and screen readers.
    func plain(_ inputs: ScreenInputs) -> PlainPage

    /// Takes a key before the action table sees it, while a field is edited; nil when it is not for the field.
    func type(_ key: Key, _ inputs: ScreenInputs) -> [Intent]?
    /// Takes pasted text while a field is edited; nil when none is.
    func paste(_ text: String, _ inputs: ScreenInputs) -> [Intent]?
    func move(_ step: ListMove)
    /// Left is negative: folds, moves the chart cursor, changes a value.
    func moveSideways(_ step: Int) -> [Intent]
    func movePane(_ step: Int)
    /// Enter.
    func open(_ inputs: ScreenInputs) -> [Intent]
    /// Esc; nil when there is nothing to close here.
    func back() -> [Intent]?
    /// The next thing that needs attention; false when there is none.
    func moveToAttention() -> Bool
    /// The filter of the focused pane; nil when it cannot be filtered.
    var filter: String? { get set }
    /// Sorts by the next column, or reverses; nil when there is nothing to sort, else what the order is now.
    func sort(reverse: Bool) -> String?
    /// Marks or unmarks the selected row; false when rows cannot be marked.
    func toggleMark() -> Bool
    /// This pane alone.
    var isPaneAlone: Bool { get set }
    /// The sub-tabs, if there are any: moves to the next or previous.
    func moveTab(_ step: Int) -> Bool
    /// What `[ ]` moves through, for the key line; nil when there is nothing.
    var tabHint: String? { get }
    /// The thing that `t`, `x`, `i` and the like are about.
    var subject: Subject? { get }
    /// Value or row for the clipboard, and the same as JSON or a command line.
    func copyText() -> String?
    func copyDetail(_ inputs: ScreenInputs) -> String?
    /// What `e` writes.
    func exportTable(_ inputs: ScreenInputs) -> ExportTable?
    /// Whether there would be a table; asked with every picture.
    func canExport(_ inputs: ScreenInputs) -> Bool
    /// What the message line says when there is nothing newer: cursor read-out, totals.
    func statusLine(_ inputs: ScreenInputs) -> String?
    /// Keys for the key line while a field is edited; nil otherwise.
    var typingHints: [KeyHint]? { get }
    /// A press of the mouse in the body.
    func click(_ point: GridPoint, _ inputs: ScreenInputs)
    /// Selects a row by its id.
    func select(_ id: String)
    /// Called when somebody asked for the place, even if it is where one was before.
    func reveal(_ place: Place)
    /// Called when the screen comes up again.
    func appear(_ inputs: ScreenInputs)
    /// What a restart brings back, as text.
    var remembered: [String: String] { get set }
    /// A question to ask before the program ends, such as about an unsaved draft.
    var reasonToStay: String? { get }
    /// How often all rows were gone through to know which of them are shown, for budgets: no mere movement may do so.
    var derivations: Int { get }
}

extension Screen {
    package var tab: ScreenID { Self.id }
    package var focusKind: PaneKind { .list }
    package var keyOrder: [ActionGroup] { [.moving, .screen, .things, .charts, .everywhere] }
    package func type(_ key: Key, _ inputs: ScreenInputs) -> [Intent]? { nil }
    package func paste(_ text: String, _ inputs: ScreenInputs) -> [Intent]? { nil }
    package func move(_ step: ListMove) {}
    package func moveSideways(_ step: Int) -> [Intent] { [] }
    package func movePane(_ step: Int) {}
    package func open(_ inputs: ScreenInputs) -> [Intent] { [] }
    package func back() -> [Intent]? { nil }
    package func moveToAttention() -> Bool { false }
    package var filter: String? {
        get { nil }
        set {}
    }
    package func sort(reverse: Bool) -> String? { nil }
    package func toggleMark() -> Bool { false }
    package var isPaneAlone: Bool {
        get { false }
        set {}
    }
    package func moveTab(_ step: Int) -> Bool { false }
    package var tabHint: String? { nil }
    package var subject: Subject? { nil }
    package func copyText() -> String? { nil }
    package func copyDetail(_ inputs: ScreenInputs) -> String? { nil }
    package func exportTable(_ inputs: ScreenInputs) -> ExportTable? { nil }
    package func canExport(_ inputs: ScreenInputs) -> Bool { exportTable(inputs) != nil }
    package func statusLine(_ inputs: ScreenInputs) -> String? { nil }
    package var typingHints: [KeyHint]? { nil }
    package func click(_ point: GridPoint, _ inputs: ScreenInputs) {}
    package func select(_ id: String) {}
    package func reveal(_ place: Place) {}
    package func appear(_ inputs: ScreenInputs) {}
    package var remembered: [String: String] {
        get { [:] }
        set {}
    }
    package var reasonToStay: String? { nil }
    package var derivations: Int { 0 }
}

/// What an action can be about.
package enum Subject: Hashable, Sendable {
    case account(AccountID)
    case user(UserID)
    case asset(AssetID)
    case sensor(SensorID)
    case job(String)
    case alarm(String)
    case audit(Int)
}

/// What every screen is drawn and loaded with.
package struct ScreenInputs: Sendable {
    package var place: Place
    package var belief: BeliefHorizon
    package var chart: ChartView
    package var now: Instant
    package var zone: Zone
    package var body: GridSize
    package var glyphs: GlyphSet
    package var settings: ConsoleSettings
    package var data: ConsoleData
    /// Counts what was told about changes of the store.
    package var version: Int
    /// Counts what was told about values alone.
    package var dataVersion: Int
    /// Whether models may let new values wait; scripts and tests want them at once.
    package var isPaced: Bool
    package var loader: ModelLoader
    package var keyMap: KeyMap
    /// Commands typed before, oldest first.
    package var history: [String]
    package var files: ConsoleFiles
    package var apiText: String
    /// Values of unsent forms by name.
    package var drafts: [String: String]
    /// Why nothing can be changed, and what to do about it; nil when things can be.
    package var readOnlyReason: String?
    package var isFrozen: Bool

    package var isReadOnly: Bool { readOnlyReason != nil }

    /// Assets, sensors, accounts and users as last loaded: drawing and keys never wait for the store.
    package var records: Directory? { data.services.context.directory.latest() }

    /// Looked up in the folders of themes, so only on request.
    package var themeNames: [String] { files.themeNames }
    /// Where the manual is, if it came with the program.
    package var manualFolder: String? { files.manualFolder }

    /// The moment up to which things are known.
    package var knownUntil: Instant { belief.moment(now: now) }
}

/// Where the user is: an account and, inside it, an asset.
package struct Place: Hashable, Sendable {
    package var account: AccountID?
    package var asset: AssetID?

    package init(account: AccountID? = nil, asset: AssetID? = nil) {
        self.account = account
        self.asset = asset
    }
}

/// A screen as lines of text, with the exit code for monitoring.
package struct PlainPage: Hashable, Sendable {
    package enum Severity: Int32, Hashable, Sendable, Comparable {
        case fine = 0
        case warning = 1
        case alarm = 2

        package static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
    }

    /// Nothing in them steers a terminal.
    package var lines: [String] {
        didSet { lines = lines.map(\.printable) }
    }
    package var severity: Severity

    package init(lines: [String], severity: Severity = .fine) {
        self.lines = lines.map(\.printable)
        self.severity = severity
    }
}

/// Rows for a file.
package struct ExportTable: Hashable, Sendable {
    /// Suggested name without ending.
    package var name: String
    package var columns: [String]
    package var rows: [[String]]

    package init(name: String, columns: [String], rows: [[String]]) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}
