import TerminalKit

/// All settings with their values; changes are tried at once and saved.
@MainActor
final class SettingsScreen: Screen {
    static let id = ScreenID.settings
    private var list = ListState()
    private var page = 10
    private var themes: [String] = []
    private var before: ConsoleSettings?
    private var settings = ConsoleSettings()

    var path: [String] { ["Settings"] }
    var tab: ScreenID { .admin }
    var focusKind: PaneKind { .form }

    func update(_ inputs: ScreenInputs) {
        settings = inputs.settings
        themes = inputs.themeNames
        if before == nil { before = inputs.settings }
    }

    private func choices(_ item: SettingItem) -> [ConfigValue] {
        if item.key == "theme" { return themes.map { .text($0) } }
        return item.choices.map { $0.map { .text($0) } } ?? [.flag(true), .flag(false)]
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        canvas.titleRule("SETTINGS", in: rect.row(0), focused: true)
        var body = rect.inset(top: 1)
        let items = SettingItem.all
        if rect.width < 120, body.height > 4, let item = items[safe: list.selected] {
            let (rest, foot) = body.splitBottom(1)
            canvas.text("\(item.label): \(item.note)", x: foot.x + 2, y: foot.y, role: .secondary)
            body = rest
        }
        page = max(1, body.height - 1)
        list.fit(count: items.count, page: page)
        for (offset, index) in list.visible(count: items.count, page: page).enumerated() {
            let row = body.row(offset)
            let item = items[index]
            let value = item.get(settings)
            let text =
                switch value {
                case .flag(let flag): flag ? "[x]" : "[ ]"
                case .text(let text): "< \(text) >"
                default: value.written
                }
            canvas.text(item.label, x: row.x + 2, y: row.y, width: 20)
            canvas.text(text, x: row.x + 24, y: row.y, width: 22, role: .field)
            canvas.text(item.note, x: row.x + 48, y: row.y, width: max(0, row.width - 48), role: .secondary)
            guard index == list.selected else { continue }
            canvas.restyle(row, role: .selection)
            canvas.put(canvas.glyphs.selection, x: row.x, y: row.y, role: .strong)
            canvas.cursor = GridPoint(x: row.x, y: row.y)
        }
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        "changes are tried at once and saved; h l change, u takes all back"
    }

    func move(_ step: ListMove) { list.move(step, count: SettingItem.all.count, page: page) }
    func moveSideways(_ step: Int) -> [Intent] { change(step) }
    func open(_ inputs: ScreenInputs) -> [Intent] { change(1) }
    func toggleMark() -> Bool { false }

    private func change(_ step: Int) -> [Intent] {
        guard let item = SettingItem.all[safe: list.selected] else { return [] }
        let choices = choices(item)
        guard !choices.isEmpty else { return [] }
        let index = choices.firstIndex(of: item.get(settings)) ?? 0
        let next = choices[(index + step + choices.count) % choices.count]
        return [.settings { _ = item.set(&$0, next) }]
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        PlainPage(
            lines: ["Settings"]
                + SettingItem.all.map { "\($0.label): \($0.get(inputs.settings).written)  (\($0.note))" })
    }

    static let actions: [Action] = [
        .on(SettingsScreen.self, "revert", "take all changes of this visit back", keys: ["u"], hint: "revert") {
            screen, _ in
            guard let before = screen.before else { return [] }
            return [.settings { $0 = before }, .message("the settings are as they were")]
        }
    ]
}
