import Testing

@testable import TerminalKit

@Suite("Widgets")
struct WidgetTests {
    private func canvas(_ width: Int, _ height: Int, glyphs: Glyphs = .ascii) -> Canvas {
        Canvas(size: GridSize(columns: width, rows: height), theme: Theme.mono.resolved(depth: .none), glyphs: glyphs)
    }

    @Test("a list keeps its selection on the screen")
    func list() {
        var state = ListState()
        for _ in 0..<9 { state.move(.down, count: 100, page: 5) }
        #expect(state == ListState(selected: 9, top: 5))
        state.move(.last, count: 100, page: 5)
        #expect(state == ListState(selected: 99, top: 95))
        state.fit(count: 3, page: 5)
        #expect(state == ListState(selected: 2, top: 0))
        state.fit(count: 0, page: 5)
        #expect(state.selected == 0)
        state.move(.halfPageDown, count: 0, page: 0)
        #expect(state.selected == 0)
    }

    private let columns = [
        TableColumn("name", "Name", width: 6, grow: 1), TableColumn("a", "A", width: 4, align: .right, rank: 1),
        TableColumn("b", "B", width: 4, align: .right, rank: 2),
    ]

    @Test("columns vanish by rank when the window narrows, the rest grows")
    func fitting() {
        #expect(TableView.fitting(columns, width: 40).map(\.width) == [29, 4, 4])
        #expect(TableView.fitting(columns, width: 12).map(\.column.id) == ["name", "a"])
        let bounded = [
            TableColumn("a", "A", width: 4, grow: 1, most: 10), TableColumn("b", "B", width: 4, grow: 1),
            TableColumn("c", "C", width: 4),
        ]
        #expect(TableView.fitting(bounded, width: 55).map(\.width) == [10, 38, 4])
        #expect(TableView.fitting([bounded[0], bounded[2]], width: 55).map(\.width) == [10, 4])
        #expect(TableView.fitting(columns, width: 3).map(\.column.id) == ["name"])
    }

    @Test("a table shows head, selection mark and only the rows on the screen")
    func table() {
        var asked: Set<Int> = []
        var canvas = canvas(20, 4)
        let view = TableView(columns: columns, rowCount: 10_000, sort: TableSort(column: "a"), isFocused: true) {
            row, column in
            asked.insert(row)
            return Span("\(column.id)\(row)")
        }
        view.draw(on: &canvas, in: canvas.bounds, state: ListState(selected: 5000, top: 4999))
        #expect(canvas.grid.line(0) == " Name       A^    B")
        #expect(canvas.grid.line(2).hasPrefix(">name5000"))
        #expect(asked == [4999, 5000, 5001])
        #expect(canvas.cursor == GridPoint(x: 0, y: 2))
    }

    private let tree = [
        TreeNode(
            id: 1, title: "Acme", children: [TreeNode(id: 2, title: "Depot", children: [TreeNode(id: 3, title: "B1")])]),
        TreeNode(id: 4, title: "public"),
    ]

    @Test("a tree folds, unfolds and finds its selection again")
    func treeMoves() {
        var state = TreeState<Int>()
        state.selected = 1
        state.unfold(rows: state.rows(of: tree))
        #expect(state.rows(of: tree).map(\.id) == [1, 2, 4])
        state.unfold(rows: state.rows(of: tree))
        #expect(state.selected == 2)
        state.reveal(3, in: tree)
        #expect(state.rows(of: tree).map(\.id) == [1, 2, 3, 4])
        state.fold(rows: state.rows(of: tree))
        #expect(state.selected == 2)
        #expect(state.rows(of: tree) { $0.title == "B1" }.map(\.id) == [1, 2, 3])
        state.fit(rows: TreeState<Int>().rows(of: [tree[1]]), page: 5)
        #expect(state.selected == 4)
    }

    @Test("a text field edits by character, in view of its cursor")
    func textField() throws {
        var field = TextFieldState("abc déf")
        for key in try Key.script("<Ctrl-W>x<Left><Backspace><Home>日<End>!") {
            let taken = field.handle(key)
            #expect(taken)
        }
        #expect(field.text == "日abcx!")
        #expect(field.window(width: 3).text == "x!")
        let enter = field.handle(.enter)
        #expect(enter == false)
        #expect(field.window(width: 10, isSecret: true).text == "******")
    }

    @Test("a form passes by what cannot be changed, wraps round and shows errors")
    func form() throws {
        var form = FormState(
            fields: [
                FormField(id: "id", label: "Id", value: "7", kind: .fixed),
                FormField(id: "name", label: "Name", value: "x"),
                FormField(id: "on", label: "On", kind: .toggle),
                FormField(id: "kind", label: "Kind", value: "a", kind: .choice(["a", "b"]), section: "MORE"),
            ], buttons: ["Store", "Discard"])
        #expect(form.focusedField?.id == "name")
        for key in try Key.script("y<Tab> <Tab><Right><Tab><Tab><Tab>") {
            let taken = form.handle(key)
            #expect(taken)
        }
        #expect(form.value("name") == "xy")
        #expect(form.value("on") == "true")
        #expect(form.value("kind") == "b")
        #expect(form.focusedField?.id == "name")
        form.show(errors: ["kind": "must be a"])
        #expect(form.focusedField?.id == "kind")
        var canvas = canvas(60, 10)
        FormView().draw(on: &canvas, in: canvas.bounds, state: &form)
        #expect(canvas.grid.text.contains("must be a"))
        #expect(canvas.grid.text.contains("MORE"))
        #expect(canvas.grid.line(1).hasPrefix("Name               [ xy"))
    }

    @Test("a text field takes pasted text in one line, as much as is sensible, and shows the part around the cursor")
    func pasting() {
        var field = TextFieldState("ab")
        _ = field.handle(Key(.left))
        field.paste("1\n2\u{1B}[\t3\n\n")
        #expect(field.text == "a1 2[ 3b")
        #expect(field.window(width: 4).text == "[ 3b" && field.window(width: 4).cursor == 3)
        var long = TextFieldState()
        long.paste(String(repeating: "中文", count: 40_000))
        #expect(long.text.count == 80_000)
        #expect(long.window(width: 9).text == String(repeating: "中文", count: 2) && long.window(width: 9).cursor == 8)
        long.paste(String(repeating: "x", count: 40_000))
        #expect(long.text.count == 80_000)
        var secret = TextFieldState("password")
        #expect(secret.window(width: 5, isSecret: true).text == "****")
        secret.paste("e\u{301}")
        #expect(secret.text.count == 9 && secret.cursor == 9)
    }

    @Test("a filter knows columns, several words and inversion")
    func filter() {
        let row = [(column: "name", text: "Harbour depot"), (column: "state", text: "late")]
        #expect(RowFilter("harb").matches(row))
        #expect(RowFilter("state:late depot").matches(row))
        #expect(RowFilter("st:ok").matches(row) == false)
        #expect(RowFilter("!ok").matches(row))
        #expect(RowFilter("!late").matches(row) == false)
        #expect(RowFilter(" ").isEmpty)
    }

    @Test("fuzzy search prefers word starts and whole beginnings")
    func fuzzy() {
        #expect(FuzzyMatch.score("sch", in: "trigger schedule") != nil)
        #expect(FuzzyMatch.score("xyz", in: "schedule") == nil)
        let better = FuzzyMatch.score("sch", in: "schedule battery") ?? 0
        let worse = FuzzyMatch.score("sch", in: "list of accounts with houses") ?? 0
        #expect(better > worse)
    }

    @Test("every widget survives every size", arguments: [1, 2, 3, 5, 10, 80], [1, 2, 3, 24])
    func sizes(width: Int, height: Int) {
        for glyphs in [Glyphs.ascii, .unicode] {
            var canvas = canvas(width, height, glyphs: glyphs)
            let rect = canvas.bounds
            TableView(columns: columns, rowCount: 3, isFocused: true) { _, _ in Span("日本語") }
                .draw(on: &canvas, in: rect, state: ListState(selected: 9))
            let state = TreeState<Int>()
            TreeView(rows: state.rows(of: tree), isFocused: true).draw(on: &canvas, in: rect, state: state)
            var form = FormState(fields: [FormField(id: "a", label: "A", value: "1")], buttons: ["OK"])
            FormView().draw(on: &canvas, in: rect, state: &form)
            let inside = DialogView(title: "Delete", width: 40, height: 9).drawFrame(on: &canvas, in: rect)
            canvas.text("hello", x: inside.x, y: inside.y, width: inside.width)
            TabBar(items: [TabItem(key: "1", title: "Overview", short: "Ovw")], active: 0).draw(on: &canvas, in: rect)
            KeyLine(hints: [KeyHint(keys: "j", text: "down")], fixed: [KeyHint(keys: "q", text: "quit")])
                .draw(on: &canvas, in: rect)
            var map = HeatMap(rows: [.init(label: "Mon", values: [1, 2, nil])])
            map.ticks = [.init(column: 1, label: "06:00")]
            map.draw(on: &canvas, in: rect)
            Histogram(values: [1, 2, 3], bins: 3).draw(on: &canvas, in: rect)
            #expect(canvas.grid.lines.count == height)
        }
    }

    @Test("layouts serve fixed parts first and drop what has no room")
    func layout() {
        #expect(
            Layout.lengths([.fixed(1), .flexible(weight: 1, minimum: 5), .flexible(weight: 1, minimum: 5)], in: 21) == [
                1, 10, 10,
            ])
        #expect(
            Layout.lengths([.fixed(1), .flexible(weight: 1, minimum: 5), .flexible(weight: 1, minimum: 5)], in: 8) == [
                1, 7, 0,
            ])
        #expect(Layout.lengths([.fixed(3)], in: 2) == [0])
    }
}
