import TerminalKit

extension Shell {
    /// A key: for the overlay if one is up, for a field being edited, else for the first action in scope that it is
    /// bound to.
    package func handle(_ key: Key) {
        message = Message()
        if let action = actionAnywhere(key) {
            run(action)
            return
        }
        if let overlay = overlays.last {
            execute(overlay.handle(key, situation))
            return
        }
        if isTooSmall {
            handleInSmallWindow(key)
            return
        }
        if let intents = screen.type(key, inputs) {
            execute(intents)
            return
        }
        if isLogOpen, let step = Self.logSteps[key] {
            log.move(step, page: logHeight - 1)
            return
        }
        let here = situation
        let candidates = keyMap.actions(for: key).compactMap { ActionTable.action($0) }.filter { here.isInScope($0) }
        guard let action = candidates.first(where: { here.availability(of: $0) == .available }) ?? candidates.first
        else {
            note("\(key.name) does nothing here; ? shows what does", logged: false)
            return
        }
        run(action)
    }

    /// What a key does whatever is up: drawing anew, and giving the shell back where that shows nothing it should not.
    private func actionAnywhere(_ key: Key) -> Action? {
        guard key.control, let top = overlays.last else { return nil }
        let ids = keyMap.actions(for: key)
        let id = ids.first { $0 == "redraw" } ?? (top is LockOverlay ? nil : ids.first { $0 == "suspend" })
        return id.flatMap { ActionTable.action($0) }
    }

    /// Pasted text goes into the field that is being edited. Elsewhere it does nothing: nobody has pressed its keys.
    func handle(paste text: String) {
        message = Message()
        guard !isTooSmall else { return }
        let intents = overlays.last.map { $0.paste(text, situation) } ?? screen.paste(text, inputs)
        if let intents { return execute(intents) }
        note("what was pasted is left out: no field is being edited", role: .warning, logged: false)
    }

    private static let logSteps: [Key: ListMove] = [
        Key(.pageUp): .pageUp, Key(.pageDown): .pageDown,
    ]

    /// Runs an action, or says why it cannot be run.
    func run(_ action: Action) {
        let here = situation
        switch here.availability(of: action) {
        case .available:
            whenActionRuns(action.id)
            execute(action.run(here))
        case .unavailable(let reason): note(reason, role: .warning, logged: false)
        }
    }

    private func handleInSmallWindow(_ key: Key) {
        for id in keyMap.actions(for: key) where ["quit", "redraw", "suspend"].contains(id) {
            if let action = ActionTable.action(id) { run(action) }
        }
    }

    func handle(_ mouse: MouseEvent) {
        guard overlays.isEmpty, !isTooSmall else { return }
        switch mouse.kind {
        case .wheelUp: screen.move(.up)
        case .wheelDown: screen.move(.down)
        case .press where mouse.point.y == 1: openTab(at: mouse.point.x)
        case .press: screen.click(mouse.point, inputs)
        case .release: break
        }
    }

    private func openTab(at x: Int) {
        for (index, range) in tabBar.ranges(width: backend.size.columns).enumerated() where range.contains(x) {
            execute([.open(ScreenRegistry.tabs[index].id, nil)])
        }
    }
}
