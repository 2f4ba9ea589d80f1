import EnergyCore
import Services
import TerminalKit

extension Shell {
    /// Does what screens, overlays and actions ask for, in order.
    func execute(_ intents: [Intent]) {
        for intent in intents { execute(intent) }
    }

    private func execute(_ intent: Intent) {
        switch intent {
        case .open, .select, .push, .pop, .goto, .overlay, .closeOverlay, .toggleLog, .logLevel: navigate(intent)
        case .belief, .chart, .settings, .play, .toggleFreeze, .refresh, .redraw, .signIn: adjust(intent)
        case .message(let text): note(text)
        case .failure(let error): fail(error)
        case .copy(let text, let what): copy(text, what: what)
        case .work(let title, let work): start(title, work)
        case .follow(let title, let then, let failed, let enqueue):
            follow(title, then: then, failed: failed, enqueue)
        case .draft(let name, let text): drafts[name] = text
        case .remember(let entry): remember(entry)
        case .undo: takeBack()
        case .redo: doAgain()
        case .action(let id): if let action = ActionTable.action(id) { run(action) }
        case .command(let line): runCommand(line)
        case .edit(let text, let ending, let isKept, let apply):
            editExternally(text, ending: ending, isKept: isKept, apply: apply)
        case .write(let path, let text, let overwrites): write(text, to: path, overwrites: overwrites)
        case .suspend: suspend()
        case .quit: quit()
        case .quitNow: isOver = true
        }
    }

    private func adjust(_ intent: Intent) {
        switch intent {
        case .belief(let horizon): setBelief(horizon)
        case .chart(let command):
            chart.apply(command, now: inputs.knownUntil, zone: zone, columns: max(1, backend.size.columns - 6))
        case .settings(let change): changeSettings(change)
        case .play: togglePlay()
        case .toggleFreeze: toggleFreeze()
        case .refresh:
            version += 1
            note("refreshed", logged: false)
        case .redraw: backend.invalidate()
        case .signIn(let caller): signIn(caller)
        default: break
        }
    }

    private func setBelief(_ horizon: BeliefHorizon) {
        if case .asOf(let moment) = horizon, moment >= now {
            belief = .live
            note("live: nothing is known of the future")
            return
        }
        belief = horizon
        if case .asOf(let moment) = horizon {
            let format = TimeFormat(zone: zone, now: now)
            note(
                "showing what was known at \(format.short(moment)) (\(TimeFormat.age(now - moment)) ago); P "
                    + "goes back to live",
                logged: false)
        } else {
            isPlaying = false
            note("live", logged: false)
        }
    }

    private func togglePlay() {
        isPlaying.toggle()
        if isPlaying, belief == .live { belief = .asOf(chart.contains(now) ? chart.start : now - .hours(6)) }
        note(isPlaying ? "replay: p pauses, < > step, P goes back to live" : "replay paused", logged: false)
    }

    private func toggleFreeze() {
        frozenAt = frozenAt == nil ? now : nil
        note(frozenAt == nil ? "live" : "frozen: data keep coming in, the picture stands; f goes on", logged: false)
    }

    private func changeSettings(_ change: @MainActor (inout ConsoleSettings) -> Void) {
        change(&settings)
        // Lists carry numbers as text.
        version += 1
        applyLook()
        backend.invalidate()
        do throws(TextFile.Failure) { try options.files.save(settings) } catch {
            note("settings not saved: \(error)", role: .warning)
        }
    }

    /// Says something on the message line and keeps it in the log.
    func note(_ text: String, role: Role = .message, logged: Bool = true) {
        message = Message(text: text, role: role, isLogged: logged)
        guard logged else { return }
        let time = TimeFormat(zone: zone, now: now).second(now)
        log.append(LogLine("\(time) \(text)", role: role == .message ? .normal : role))
    }

    /// The width of the time before a line of the log.
    static let logIndent = 9

    func fail(_ error: ErrorText) {
        note(error.line, role: .error)
        let indent = String(repeating: " ", count: Self.logIndent)
        for line in error.detail.dropFirst() { log.append(LogLine(indent + line, role: .secondary)) }
    }

    private func copy(_ text: String, what: String) {
        if backend.copy(text) {
            note("copied \(what), if the terminal takes it; e writes a file", logged: false)
        } else {
            note("not copied: this terminal has no clipboard; e writes a file", role: .warning, logged: false)
        }
    }

    private func start(_ title: String, _ work: Work) {
        let data = inputs.data
        note("\(title) ...", logged: false)
        loader.run({
            let said = try work.run(data)
            // What follows may look for a thing that was just made.
            _ = try? data.records()
            return said
        }) { [weak self] result in
            guard let self else { return }
            self.version += 1
            switch result {
            case .success(let text):
                self.note(text)
                self.execute(work.then())
            case .failure(let error): self.fail(ErrorText(error))
            }
        }
    }

    private func runCommand(_ line: String) {
        if !line.hasPrefix("do ") {
            history.removeAll { $0 == line }
            history.append(line)
            if history.count > 50 { history.removeFirst() }
        }
        execute(CommandTable.run(line, situation))
    }

    private func write(_ text: String, to path: String, overwrites: Bool) {
        if !overwrites, TextFile.isPlain(path) {
            let question = ConfirmOverlay(title: "FILE EXISTS", lines: ["\(path) is there already."], word: "Replace") {
                [.write(path: path, text: text, overwrites: true)]
            }
            return navigate(.overlay(question))
        }
        do throws(TextFile.Failure) {
            try TextFile.write(text, to: path)
            note("wrote \(path)")
        } catch {
            note("not written: \(error)", role: .error)
        }
    }

    private func signIn(_ caller: Caller) {
        self.caller = caller
        stack.removeAll()
        tabScreens = [:]
        place = Place(account: caller.accountID)
        navigate(.open(.overview, nil))
        version += 1
        note("signed in as \(caller.name ?? "operator")")
    }

    private func suspend() {
        if options.isServing {
            note("the API would stop answering; press again to suspend anyway", role: .warning, logged: false)
            guard wantsSuspend else {
                wantsSuspend = true
                return
            }
        }
        wantsSuspend = false
        backend.suspend()
        backend.invalidate()
    }

    private func quit() {
        let draft = stack.lazy.compactMap(\.reasonToStay).first
        let reason: String? =
            switch settings.quitQuestion {
            case .never: nil
            case .withDrafts: draft
            case .always: draft ?? "End the console?" + (options.isServing ? " The API stops answering." : "")
            }
        if let reason {
            overlays.append(
                ConfirmOverlay(title: "QUIT", lines: [reason], word: "Quit") { [.quitNow] })
            return
        }
        isOver = true
    }

    /// Hands text to the user's editor and takes it back. A kept text of before is taken unchanged as well.
    private func editExternally(
        _ text: String, ending: String, isKept: Bool, apply: @escaping @MainActor (String) -> [Intent]
    ) {
        guard let editor = options.editor else {
            note("no editor: set EDITOR", role: .warning)
            return
        }
        let path = "\(options.temporaryFolder)/flexdeck-\(now.microseconds).\(ending)"
        do throws(TextFile.Failure) { try TextFile.write(text, to: path) } catch {
            note("not written: \(error)", role: .error)
            return
        }
        loader.begin()
        Task {
            let status = await backend.runExternally(editor + [path])
            let changed = (try? TextFile.read(path)) ?? nil
            TextFile.remove(path)
            if status != 0 {
                note("the editor ended with \(status); nothing was changed", role: .warning)
            } else if let changed, changed != text || isKept {
                execute(apply(changed))
            } else {
                note("nothing was changed")
            }
            loader.end()
        }
    }
}
