import TerminalKit

extension Shell {
    /// A key: for the overlay if one is up, for a field being edited, else for the first action in scope that it is
    /// bound to.
    package func handle(_ key: Key) {
        message = Message()
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
