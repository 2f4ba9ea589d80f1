/// A terminal that only exists in memory, for tests and scripted runs.
@MainActor
package final class MemoryBackend: TerminalBackend {
    package private(set) var size: GridSize
    package var capabilities: TerminalCapabilities
    package let events: AsyncStream<TerminalEvent>
    /// The last picture shown.
    package private(set) var grid: CellGrid
    package private(set) var cursor: GridPoint?
    /// How many pictures were shown, and how many cells changed with the last one.
    package private(set) var frames = 0
    package private(set) var lastChange = 0
    package private(set) var clipboard: [String] = []
    package private(set) var bells = 0
    package private(set) var suspensions = 0
    package private(set) var isClosed = false
    package private(set) var mouse = false
    /// What a program run with the screen does in place of a real one, for tests of editors.
    package var external: @MainActor ([String]) -> Int32 = { _ in 0 }
    package private(set) var untaken = 0
    private let input: AsyncStream<TerminalEvent>.Continuation

    package init(size: GridSize, depth: ColorDepth = .full, glyphs: GlyphSet = .unicode) {
        self.size = size
        capabilities = TerminalCapabilities(depth: depth, glyphs: glyphs, term: "memory")
        (events, input) = AsyncStream.makeStream()
        grid = CellGrid(size: size)
    }

    /// Delivers an event as a terminal would.
    package func send(_ event: TerminalEvent) {
        if case .resized(let new) = event { size = new }
        untaken += 1
        input.yield(event)
    }

    package func tookEvent() { untaken -= 1 }

    /// Changes the size without an event.
    package func resize(to new: GridSize) {
        size = new
    }

    package func present(_ grid: CellGrid, cursor: GridPoint?) {
        lastChange = grid.runs(since: self.grid).reduce(0) { $0 + $1.scalars.count }
        self.grid = grid
        self.cursor = cursor
        frames += 1
    }

    package func invalidate() {}

    package func copy(_ text: String) -> Bool {
        clipboard.append(text)
        return true
    }

    package func bell() { bells += 1 }
    package func setMouse(_ on: Bool) { mouse = on }
    package func suspend() { suspensions += 1 }
    package func runExternally(_ command: [String]) async -> Int32 { external(command) }

    package func close() {
        isClosed = true
        input.finish()
    }
}
