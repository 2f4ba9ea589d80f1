/// What comes from a terminal.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    /// Text that was pasted, where the terminal tells that from keys.
    case paste(String)
    case mouse(MouseEvent)
    case resized(GridSize)
    /// The process was stopped and goes on, or another program has used the screen.
    case resumed
    /// A signal asks the program to end.
    case terminate
    /// The terminal is gone.
    case hangUp
}

/// A press or a turn of the wheel.
package struct MouseEvent: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case press
        case release
        case wheelUp
        case wheelDown
    }

    package var kind: Kind
    package var point: GridPoint

    package init(kind: Kind, point: GridPoint) {
        self.kind = kind
        self.point = point
    }
}

/// What a terminal can do.
package struct TerminalCapabilities: Hashable, Sendable {
    package var depth: ColorDepth
    package var glyphs: GlyphSet
    /// Name of the terminal's entry, to remember answers by.
    package var term: String

    package init(depth: ColorDepth, glyphs: GlyphSet, term: String) {
        self.depth = depth
        self.glyphs = glyphs
        self.term = term
    }
}

/// A place where grids are shown and keys come from. Everything happens on the main actor: terminal libraries are not
/// made for more than one caller.
@MainActor
package protocol TerminalBackend: AnyObject {
    var size: GridSize { get }
    var capabilities: TerminalCapabilities { get }
    /// Keys, resizes and signals, until the backend is closed.
    var events: AsyncStream<TerminalEvent> { get }
    /// How many events nobody has told that they were taken.
    var untaken: Int { get }
    /// Told by whoever listens after taking an event.
    func tookEvent()
    /// Shows a picture; only what changed is sent.
    func present(_ grid: CellGrid, cursor: GridPoint?)
    /// Draws everything anew with the next picture.
    func invalidate()
    /// Sends text to the user's clipboard, which not every terminal has; false when it cannot even be sent.
    func copy(_ text: String) -> Bool
    func bell()
    func setMouse(_ on: Bool)
    /// Stops the process as Ctrl-Z does.
    func suspend()
    /// Gives the screen to another program and waits for it; returns its exit status.
    func runExternally(_ command: [String]) async -> Int32
    /// Gives the terminal back.
    func close()
}
