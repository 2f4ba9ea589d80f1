import EnergyCore
import TerminalKit

extension Shell {
    func navigate(_ intent: Intent) {
        switch intent {
        case .open(let id, let target):
            if let target { place = target }
            openTab(id)
            if let target { screen.reveal(target) }
        case .select(let id, let row): tabScreens[id]?.select(row)
        case .push(let screen):
            stack.append(screen)
            screen.appear(inputs)
        case .pop: pop()
        case .goto(let target):
            place = target
        case .overlay(let overlay):
            if let confirm = overlay as? ConfirmOverlay {
                confirm.open(at: now, asksForName: settings.deleteQuestion == .name)
            }
            overlays.append(overlay)
        case .closeOverlay: _ = overlays.popLast()
        case .toggleLog: isLogOpen.toggle()
        case .logLevel(let level):
            logLevel = level
            isLogOpen = true
        default: break
        }
    }

    private func openTab(_ id: ScreenID) {
        guard let entry = ScreenRegistry.tabs.first(where: { $0.id == id }) else {
            note("no screen \"\(id.rawValue)\"", role: .warning)
            return
        }
        let made = tabScreens[id] ?? entry.make()
        tabScreens[id] = made
        if let present = stack.first {
            let left = type(of: present).id
            if left != id {
                trail.removeAll { $0 == left }
                trail.append(left)
            }
        }
        stack = [made]
        made.appear(inputs)
    }

    /// Closes what lies on top, else goes back to the tab before; at the first one it does nothing.
    private func pop() {
        if isLogOpen {
            isLogOpen = false
        } else if stack.count > 1 {
            stack.removeLast()
            screen.appear(inputs)
        } else if let before = trail.popLast(), let screen = tabScreens[before] {
            stack = [screen]
            screen.appear(inputs)
        }
    }

    /// Screen, place, window and what the screens remember, from the last time.
    func restorePlace() {
        var memory = options.files.memory()
        if !settings.restoresPlace { memory = memory.filter { $0.key.hasPrefix("draft.") } }
        if let account = memory["place.account"].flatMap(Int.init) { place.account = account }
        if let asset = memory["place.asset"].flatMap(Int.init) { place.asset = asset }
        if let span = memory["chart.span"].flatMap({ Int64($0) }), span > 0 {
            chart.span = TimeSpan(microseconds: span)
        }
        history = memory["history"].map { $0.split(separator: "\n").map(String.init) } ?? []
        for entry in ScreenRegistry.tabs {
            let prefix = entry.id.rawValue + "."
            let own = memory.filter { $0.key.hasPrefix(prefix) }
            guard !own.isEmpty else { continue }
            let screen = entry.make()
            screen.remembered = Dictionary(
                uniqueKeysWithValues: own.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
            tabScreens[entry.id] = screen
        }
        drafts = memory.filter { $0.key.hasPrefix("draft.") }
        let first =
            options.screen ?? memory["screen"].map { ScreenID(rawValue: $0) }
            ?? ScreenID(rawValue: settings.startScreen)
        let known = ScreenRegistry.tabs.contains { $0.id == first } ? first : ScreenRegistry.tabs.first?.id ?? .overview
        navigate(.open(known, nil))
        message = Message()
    }

    func savePlace() {
        var memory: [String: String] = drafts
        memory["screen"] = stack.first.map { type(of: $0).id.rawValue }
        memory["place.account"] = place.account.map(String.init)
        memory["place.asset"] = place.asset.map(String.init)
        memory["chart.span"] = String(chart.span.microseconds)
        memory["history"] = history.suffix(20).joined(separator: "\n")
        for (id, screen) in tabScreens {
            for (key, value) in screen.remembered { memory["\(id.rawValue).\(key)"] = value }
        }
        options.files.save(memory: memory)
    }
}
