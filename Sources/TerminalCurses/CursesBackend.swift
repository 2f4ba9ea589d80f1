import CNcurses
import Dispatch
import TerminalKit

/// No entry of the terminal database works here, or there is no terminal at all.
package struct TerminalUnavailable: Error, Hashable, Sendable, CustomStringConvertible {
    package var term: String

    package var description: String {
        "no usable terminal (TERM is \"\(term)\"); run with --serve for the API alone, or --plain SCREEN for text"
    }
}

/// What to know before the terminal is taken over.
package struct CursesOptions: Sendable {
    /// A terminal entry to use instead of the environment's.
    package var term: String?
    /// File descriptors of the terminal; -1 is standard input or output.
    package var input: Int32 = -1
    package var output: Int32 = -1
    /// Where standard error goes while the screen is up; nil leaves it alone.
    package var errorLog: String?
    /// Forces glyphs and colours whatever the terminal says.
    package var ascii = false
    package var noColour = false
    /// Whether a clipboard sequence has to be wrapped for tmux.
    package var insideTmux = false

    package init() {}
}

/// The ncurses terminal: takes pictures, gives keys. Reading never blocks; the main queue wakes it up.
@MainActor
package final class CursesBackend: TerminalBackend {
    package let events: AsyncStream<TerminalEvent>
    package let capabilities: TerminalCapabilities
    private let output: AsyncStream<TerminalEvent>.Continuation
    private let options: CursesOptions
    private var sources: [any DispatchSourceRead] = []
    private var shown: CellGrid?
    private var shownCursor: GridPoint?
    private var pairs: [Style: Int32] = [:]
    private var isOpen = true
    private var isAway = false
    private var paste: PasteBuffer?
    package private(set) var untaken = 0

    package init(options: CursesOptions = CursesOptions()) throws(TerminalUnavailable) {
        guard ct_open(options.term, options.input, options.output) == 0 else {
            throw TerminalUnavailable(term: options.term ?? "from the environment")
        }
        self.options = options
        (events, output) = AsyncStream.makeStream()
        capabilities = Self.capabilities(options)
        if let log = options.errorLog { ct_divert_stderr(log) }
        ct_erase()
        listen(on: options.input < 0 ? 0 : options.input) { $0.readInput() }
        listen(on: ct_signal_fd()) { $0.readSignals() }
    }

    private static func capabilities(_ options: CursesOptions) -> TerminalCapabilities {
        let term = String(cString: ct_term())
        let colours = options.noColour ? 0 : Int(ct_colours())
        let ascii = options.ascii || ct_is_simple() || !ct_locale_is_utf8()
        return TerminalCapabilities(depth: ColorDepth(colours: colours), glyphs: ascii ? .ascii : .unicode, term: term)
    }

    private func listen(on descriptor: Int32, _ act: @escaping @MainActor (CursesBackend) -> Void) {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
        source.setEventHandler { [weak self] in
            MainActor.assumeIsolated { if let self { act(self) } }
        }
        source.resume()
        sources.append(source)
    }

    package var size: GridSize { GridSize(columns: Int(ct_columns()), rows: Int(ct_rows())) }

    private func send(_ event: TerminalEvent) {
        untaken += 1
        output.yield(event)
    }

    package func tookEvent() { untaken -= 1 }

    private func readInput() {
        guard isOpen, !isAway else { return }
        // The mark of the end may be lost; keys must not be for ever.
        if let paste, paste.isOver { endPaste() }
        while true {
            let event = ct_read()
            switch Int(event.kind) {
            case CT_PASTE: paste = PasteBuffer()
            case CT_PASTED: endPaste()
            case CT_CHAR where paste != nil: paste?.append(event.code)
            case CT_KEY where paste != nil, CT_MOUSE where paste != nil: break
            case CT_CHAR:
                if let scalar = Unicode.Scalar(event.code) { send(.key(Key(scalar: scalar, alt: event.alt))) }
            case CT_KEY:
                if let key = Self.key(Int(event.code), alt: event.alt) { send(.key(key)) }
            case CT_MOUSE:
                if let mouse = Self.mouse(event) { send(.mouse(mouse)) }
            case CT_CLOSED:
                send(.hangUp)
                sources.forEach { $0.cancel() }
                return
            default:
                return
            }
        }
    }

    private func endPaste() {
        if let text = paste.take()?.text { send(.paste(text)) }
    }

    private func readSignals() {
        guard isOpen else { return }
        var number = ct_next_signal()
        while number != 0 {
            switch number {
            case SignalNumber.windowChange:
                if ct_sync_size() {
                    shown = nil
                    send(.resized(size))
                }
            case SignalNumber.hangUp: send(.hangUp)
            case SignalNumber.terminate, SignalNumber.interrupt, SignalNumber.quit: send(.terminate)
            default: break
            }
            number = ct_next_signal()
        }
    }

    package func present(_ grid: CellGrid, cursor: GridPoint?) {
        guard isOpen, !isAway else { return }
        let runs = grid.runs(since: shown)
        if runs.isEmpty, shownCursor == cursor, shown != nil { return }
        for run in runs {
            run.scalars.withUnsafeBufferPointer { scalars in
                ct_puts(
                    Int32(run.y), Int32(run.x), scalars.baseAddress, Int32(scalars.count),
                    Int32(run.style.attributes.rawValue), pair(run.style))
            }
        }
        let isShown = ct_flush(Int32(cursor?.y ?? -1), Int32(cursor?.x ?? -1))
        shown = isShown ? grid : nil
        shownCursor = cursor
    }

    private func pair(_ style: Style) -> Int32 {
        guard capabilities.depth > .none else { return 0 }
        let colours = Style(foreground: style.foreground, background: style.background)
        if let known = pairs[colours] { return known }
        let pair = ct_pair(Int32(colours.foreground.number), Int32(colours.background.number))
        pairs[colours] = pair
        return pair
    }

    package func invalidate() {
        shown = nil
        ct_redraw()
    }

    package func bell() {
        if isOpen { ct_bell() }
    }

    package func setMouse(_ on: Bool) {
        if isOpen { ct_mouse(on) }
    }

    package func copy(_ text: String) -> Bool {
        guard isOpen else { return false }
        let bytes = ClipboardSequence.bytes(for: text, insideTmux: options.insideTmux)
        return bytes.withUnsafeBufferPointer { ct_raw_write($0.baseAddress, Int32($0.count)) }
    }

    package func suspend() {
        guard isOpen else { return }
        ct_suspend()
        comeBack()
    }

    package func runExternally(_ command: [String]) async -> Int32 {
        guard isOpen else { return -1 }
        isAway = true
        ct_leave()
        let status = await ExternalProgram.run(command)
        isAway = false
        ct_return()
        comeBack()
        return status
    }

    private func comeBack() {
        shown = nil
        send(.resumed)
        send(.resized(size))
    }

    package func close() {
        guard isOpen else { return }
        isOpen = false
        sources.forEach { $0.cancel() }
        sources = []
        output.finish()
        ct_close()
    }
}
