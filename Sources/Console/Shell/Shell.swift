import EnergyCore
import Services
import Synchronization
import TerminalKit

/// The running console: owns what is shown, takes events, executes intents, draws.
///
/// Nothing here waits: services are called on other threads by the ``ModelLoader``, and their values come back as new
/// pictures. Of many events that arrive together only the last picture is drawn.
@MainActor
package final class Shell {
    let services: FlexServices
    let options: ConsoleOptions
    let backend: any TerminalBackend
    let loader = ModelLoader()

    var caller: Caller
    var settings: ConsoleSettings
    var keyMap: KeyMap
    var theme: ResolvedTheme
    var glyphs: GlyphSet
    var place = Place()
    var belief = BeliefHorizon.live
    var chart: ChartView
    var frozenAt: Instant?
    var isPlaying = false
    var nap: Nap?
    var version = 0
    /// Counts news about values, which models of much data follow more slowly.
    var dataVersion = 0
    var news = PendingNews()
    /// Screens with a tab, made when first opened and kept.
    var tabScreens: [ScreenID: any Screen] = [:]
    /// The present tab and what lies over it, the uppermost last.
    var stack: [any Screen] = []
    /// Tabs in the order in which they were left.
    var trail: [ScreenID] = []
    var overlays: [any Overlay] = []
    var message = Message()
    var log = LogState()
    var isLogOpen = false
    var logLevel = LogLevel.all
    var undoStack = UndoStack()
    var history: [String] = []
    /// Unsent forms by name, kept over a restart.
    var drafts: [String: String] = [:]
    var wantsSuspend = false
    /// Told the id of every action that runs; tests count them.
    var whenActionRuns: @MainActor (String) -> Void = { _ in }
    var header = HeaderModel()
    let alarms = AlarmCache()
    let headerModel = ViewModel<HeaderQuery, HeaderModel>(HeaderModel.load)
    /// What kept the last change from being stored, in a few words, until a change can be stored again.
    var refusal: String?
    /// Looks at the store again some seconds after it failed.
    var retry: Task<Void, Never>?
    var isOver = false
    var exitCode: Int32 = 0
    /// Pictures drawn, for budgets.
    private(set) var frames = 0
    private var events: AsyncStream<ShellEvent>.Continuation?
    private var pending = 0
    /// Draws the picture when what values have set off takes long; nil while nothing is waited for.
    private var following: Task<Void, Never>?
    var lastRefresh: Instant?

    package init(services: FlexServices, options: ConsoleOptions, backend: any TerminalBackend) {
        self.services = services
        self.options = options
        self.backend = backend
        caller = options.caller
        let (settings, settingProblems) = options.files.settings()
        let (keyMap, keyProblems) = options.files.keyMap()
        self.settings = settings
        self.keyMap = keyMap
        theme = Theme.controlRoom.resolved(depth: backend.capabilities.depth)
        glyphs = backend.capabilities.glyphs
        let zone = Zone.named(services.settings.timezone) ?? .utc
        chart = ChartView(day: services.clock.now, zone: zone)
        loader.whenChanged = { [weak self] in self?.post(.settled) }
        loader.whenWorked = { [weak self] in self?.hearOfWork($0) }
        applyLook()
        for problem in settingProblems + keyProblems { note(problem, role: .warning) }
        // What is wrong with settings, keys or theme is said before anything else.
        let said = message
        restorePlace()
        if !said.text.isEmpty { message = said }
        if options.offersFirstSite { overlays.append(FirstSiteForm.overlay(inputs)) }
        if options.asksForSignIn { overlays.append(SignIn.overlay(inputs)) }
    }

    /// The screen on top.
    package var screen: any Screen { stack[stack.count - 1] }

    var screenID: ScreenID { type(of: screen).id }

    /// Colours and characters from settings, flags and terminal; after every change of the settings.
    func applyLook() {
        let offered = backend.capabilities
        var depth = offered.depth
        switch settings.colours {
        case .auto: break
        case .full: depth = .full
        case .sixteen: depth = .sixteen
        case .eight: depth = .eight
        case .none: depth = .none
        }
        if options.noColour { depth = .none }
        let (theme, problems) = options.files.theme(options.theme ?? settings.theme)
        self.theme = theme.resolved(depth: depth)
        for problem in problems { note(problem, role: .warning) }
        glyphs =
            switch settings.characters {
            case .auto: offered.glyphs
            case .unicode: .unicode
            case .braille: .braille
            case .ascii: .ascii
            }
        if options.forcesASCII { glyphs = .ascii }
        backend.setMouse(settings.mouse || options.mouse)
    }

    /// The zone in which times are shown.
    var zone: Zone {
        switch settings.time {
        case .utc: return .utc
        case .local: if let zone = options.localZone.flatMap({ Zone.named($0) }) { return zone }
        case .site: break
        }
        return Zone.named(header.zoneName ?? services.settings.timezone) ?? .utc
    }

    var now: Instant { services.clock.now }

    /// What screens and actions are given.
    package var inputs: ScreenInputs {
        let size = backend.size
        let moment = frozenAt ?? now
        var data = ConsoleData(services: services, caller: caller, now: moment, alarms: alarms)
        data.readings = Readings(settings)
        return ScreenInputs(
            place: place, belief: belief, chart: chart, now: moment, zone: zone,
            body: GridSize(columns: size.columns, rows: max(0, size.rows - 4)), glyphs: glyphs, settings: settings,
            data: data, version: version,
            dataVersion: dataVersion, isPaced: isRunning, loader: loader,
            keyMap: keyMap, history: history, files: options.files, apiText: options.apiText, drafts: drafts,
            readOnlyReason: readOnlyReason, isFrozen: frozenAt != nil
        )
    }

    private var readOnlyReason: String? {
        if options.isStoreReadOnly {
            return "the store cannot be written to; check the permissions of its file and folder"
        }
        if options.isReadOnly || services.settings.readOnly {
            return "the console is read-only; start without --read-only to change things"
        }
        return settings.readOnly ? "the console is read-only; the settings (F2) can change that" : nil
    }

    package var situation: Situation {
        Situation(
            screen: screen, screenID: screenID, inputs: inputs, undoTitle: undoStack.undoTitle,
            redoTitle: undoStack.redoTitle)
    }

    /// Runs until the user quits or the terminal goes away; returns the exit code.
    package func run() async -> Int32 {
        let (stream, continuation) = AsyncStream.makeStream(of: ShellEvent.self)
        events = continuation
        alarms.isRecording.store(true, ordering: .relaxed)
        let feeds = startFeeds()
        refresh()
        drawUnlessMoreCame()
        for await event in stream {
            pending -= 1
            handle(event)
            if isOver { break }
            wakeIfDue()
            let waits = waitsForMore(event)
            if !waits { drawUnlessMoreCame() }
        }
        for feed in feeds { feed.cancel() }
        events = nil
        savePlace()
        return exitCode
    }

    /// Draws, unless an event is on its way here: it brings a picture of its own, and while a terminal that takes nothing
    /// holds up this one, nobody would hear of a request to end.
    private func drawUnlessMoreCame() {
        if pending == 0, backend.untaken == 0 { draw() }
    }

    /// Values that came let several parts of the picture be read, one after the other within some milliseconds: they get
    /// one picture together. What the user does is drawn at once.
    private func waitsForMore(_ event: ShellEvent) -> Bool {
        switch event {
        case .dataChanged where following == nil && loader.isBusy:
            following = Task { [weak self] in
                try? await Task.sleep(for: .milliseconds(20))
                guard !Task.isCancelled, let self else { return }
                self.following = nil
                self.post(.settled)
            }
            return true
        case .dataChanged, .settled:
            if following != nil, loader.isBusy { return true }
        default: break
        }
        following?.cancel()
        following = nil
        return false
    }

    /// Puts an event at the end of the queue.
    func post(_ event: ShellEvent) {
        guard let events else {
            // Scripts and tests have no loop: what settles is taken up at once.
            if case .settled = event { refresh() }
            return
        }
        pending += 1
        events.yield(event)
    }

    /// Whether there is a loop that takes events; scripts and tests have none.
    var isRunning: Bool { events != nil }

    func countFrame() { frames += 1 }

    /// Handles one event; drawing is another matter.
    func handle(_ event: ShellEvent) {
        switch event {
        case .terminal(let event): handle(event)
        case .storeChanged:
            version += 1
            lastRefresh = now
        case .dataChanged:
            dataVersion += 1
            lastRefresh = now
        case .tick:
            chart.follow(now, zone: zone)
            if isPlaying { playStep() }
        case .settled: break
        }
        refresh()
    }

    /// Takes an event of the terminal.
    package func handle(_ event: TerminalEvent) {
        switch event {
        case .key(let key): handle(key)
        case .paste(let text): handle(paste: text)
        case .mouse(let mouse): handle(mouse)
        case .resized, .resumed: backend.invalidate()
        case .terminate, .hangUp:
            isOver = true
        }
    }

    /// Lets the present screen ask for what it needs now.
    package func refresh() {
        if let overlay = overlays.last, let text = overlay.result {
            overlays.removeLast()
            version += 1
            if !text.isEmpty { note(text) }
            execute(overlay.resultIntents)
        }
        headerModel.ask(HeaderQuery(place: place, belief: belief, minute: now.seconds / 60), inputs)
        if let value = headerModel.value, value != header {
            if settings.bell, value.alarms > header.alarms, header.isLoaded { backend.bell() }
            header = value
        }
        screen.update(inputs)
        retryWhenTroubled()
    }

    /// Returns when nothing is being loaded.
    package func idle() async {
        repeat {
            await loader.idle()
            refresh()
        } while loader.isBusy
    }
}
