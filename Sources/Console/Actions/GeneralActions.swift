import EnergyCore
import TerminalKit

/// What works on every screen.
@MainActor
enum GeneralActions {
    static let all: [Action] = screens + views + tools + leaving

    private static let screens: [Action] =
        ScreenRegistry.tabs.map { entry in
            Action("screen.\(entry.id.rawValue)", "go to \(entry.title)", keys: [entry.digit], group: .everywhere) {
                _ in
                [.open(entry.id, nil)]
            }
        }

    private static let views: [Action] = [
        Action("alarms", "alarms", keys: ["A"], hint: "alarms") { situation in
            situation.screenID == .alarms ? [.message("these are the alarms")] : [.push(AlarmsScreen())]
        },
        Action("settings", "settings and themes", keys: ["F2"]) { situation in
            situation.screenID == .settings ? [] : [.push(SettingsScreen())]
        },
        Action(
            "filter", "filter this pane", keys: ["/"], hint: "filter",
            when: { situation in
                situation.screen.filter == nil ? .unavailable("this pane has nothing to filter") : .available
            }
        ) { situation in
            let screen = situation.screen
            let before = screen.filter ?? ""
            return [
                .overlay(
                    PromptOverlay(
                        label: "/", text: before,
                        changed: { text in
                            screen.filter = text
                            return []
                        },
                        cancelled: {
                            screen.filter = before
                            return []
                        },
                        finished: { text in
                            screen.filter = text
                            return []
                        }))
            ]
        },
        Action("sort", "sort by the next column", keys: ["s"]) { situation in
            situation.screen.sort(reverse: false).map { [.message("sorted by \($0)")] } ?? [
                .message("nothing to sort here")
            ]
        },
        Action("sort.reverse", "reverse the order", keys: ["S"]) { situation in
            situation.screen.sort(reverse: true).map { [.message("sorted by \($0)")] } ?? [
                .message("nothing to sort here")
            ]
        },
        Action("mark", "mark or unmark the row", keys: ["Space"]) { situation in
            situation.screen.toggleMark() ? [] : [.message("rows cannot be marked here")]
        },
        Action("refresh", "refresh now", keys: ["r"]) { _ in [.refresh] },
        Action("freeze", "freeze the picture, or go on live", keys: ["f"], hint: "freeze") { _ in [.toggleFreeze] },
        Action("pane.alone", "this pane alone, or all again", keys: ["z"]) { situation in
            situation.screen.isPaneAlone.toggle()
            return []
        },
        Action("log", "show or hide the log", keys: ["L"]) { _ in [.toggleLog] },
        Action("belief.enter", "belief time: show what was known at a moment", keys: ["b"], hint: "belief") {
            situation in
            [beliefPrompt(situation.inputs)]
        },
        Action("belief.back", "one step back in belief time", keys: ["<"]) { situation in
            [.belief(.asOf(situation.inputs.knownUntil - beliefStep))]
        },
        Action("belief.forward", "one step forward in belief time", keys: [">"]) { situation in
            guard case .asOf(let moment) = situation.inputs.belief else { return [.message("already live")] }
            let next = moment + beliefStep
            return [.belief(next >= situation.inputs.now ? .live : .asOf(next))]
        },
        Action("belief.play", "play what was known, step by step; again to pause", keys: ["p"]) { _ in [.play(true)] },
        Action("belief.live", "back to live", keys: ["P"]) { _ in [.belief(.live)] },
    ]

    /// How far one press of `<` or `>` goes.
    static let beliefStep = TimeSpan.minutes(15)

    private static func beliefPrompt(_ inputs: ScreenInputs) -> Intent {
        .overlay(
            PromptOverlay(label: "as known at (18:00, yesterday 6, -2h, live):") { text in
                if text.isEmpty || text == "live" || text == "now" { return [.belief(.live)] }
                guard let moment = MomentText.parse(text, now: inputs.now, zone: inputs.zone) else {
                    return [.message("\"\(text)\" is not a time; try 18:00, yesterday 6, -2h or 2026-03-17 11:00")]
                }
                return [.belief(.asOf(moment))]
            })
    }

    private static let tools: [Action] = [
        Action("command", "type a command", keys: [":"], hint: "command") { _ in
            [.overlay(PaletteOverlay(isCommand: true))]
        },
        Action("palette", "find anything that can be done", keys: ["Ctrl-P"]) { _ in
            [.overlay(PaletteOverlay(isCommand: false))]
        },
        Action("menu", "all actions for here", keys: ["o"]) { _ in [.overlay(ActionMenuOverlay())] },
        Action("help", "help for here", keys: ["?", "F1"], hint: "help") { _ in [.overlay(HelpOverlay())] },
        Action(
            "manual", "read the manual", keys: ["M"],
            when: { situation in
                situation.inputs.manualFolder == nil
                    ? .unavailable("the manual is not beside the program; flexdeck help TOPIC looks elsewhere")
                    : .available
            }
        ) { situation in [.overlay(ManualOverlay(ManualBook(folder: situation.inputs.manualFolder)))] },
        Action("copy", "copy the value or row", keys: ["y"], hint: "copy") { situation in
            situation.screen.copyText().map { [.copy($0, what: "row")] } ?? [.message("nothing to copy here")]
        },
        Action("copy.detail", "copy as JSON or command", keys: ["Y"]) { situation in
            situation.screen.copyDetail(situation.inputs).map { [.copy($0, what: "details")] }
                ?? [.message("nothing to copy here")]
        },
        Action(
            "export", "export what is shown", keys: ["e"], hint: "export",
            when: { situation in
                situation.screen.canExport(situation.inputs) ? .available : .unavailable("nothing to export here")
            }
        ) { situation in
            guard let table = situation.screen.exportTable(situation.inputs) else { return [] }
            return [.overlay(ExportPrompt.overlay(table))]
        },
        Action("undo", "undo the last change", keys: ["u"], writes: true) { _ in [.undo] },
        Action(
            "redo", "do the undone change again", keys: ["Ctrl-R"], writes: true,
            when: { situation in
                situation.redoTitle == nil ? .unavailable("nothing to redo") : .available
            }
        ) { _ in [.redo] },
    ]

    private static let leaving: [Action] = [
        Action("redraw", "draw the screen anew", keys: ["Ctrl-L"]) { _ in [.redraw] },
        Action("suspend", "suspend the program", keys: ["Ctrl-Z"]) { _ in [.suspend] },
        Action("back", "back, close, clear filter", keys: ["Esc"]) { situation in
            if let intents = situation.screen.back() { return intents }
            return [.pop]
        },
        Action("quit", "quit", keys: ["q", "F10", "Ctrl-C"], hint: "quit") { _ in [.quit] },
    ]
}
