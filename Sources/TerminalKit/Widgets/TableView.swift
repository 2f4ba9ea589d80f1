/// A column of a table.
package struct TableColumn: Hashable, Sendable {
    package var id: String
    package var title: String
    /// Cells it needs at least.
    package var width: Int
    /// Its share of the cells that are left; zero: never wider than `width`.
    package var grow: Int
    /// Cells it grows to at most; more would tear what belongs together apart.
    package var most: Int
    package var align: TextAlignment
    /// Columns with a higher rank vanish first when the window is narrow; zero stays always.
    package var rank: Int

    package init(
        _ id: String, _ title: String, width: Int, grow: Int = 0, most: Int = .max, align: TextAlignment = .left,
        rank: Int = 0
    ) {
        self.id = id
        self.title = title
        self.width = width
        self.grow = grow
        self.most = most
        self.align = align
        self.rank = rank
    }
}

/// The order of a table's rows.
package struct TableSort: Hashable, Sendable {
    package var column: String
    package var descending: Bool

    package init(column: String, descending: Bool = false) {
        self.column = column
        self.descending = descending
    }
}

/// A table with a sticky head. Only the rows on the screen are asked for.
package struct TableView {
    package var columns: [TableColumn]
    package var rowCount: Int
    package var sort: TableSort?
    package var isFocused: Bool
    package var showsHead = true
    /// False for tables to be looked at only.
    package var showsSelection = true
    /// What stands in the body when there is no row.
    package var emptyText: String
    package var isMarked: (Int) -> Bool = { _ in false }
    private let cell: (_ row: Int, _ column: TableColumn) -> Span

    package init(
        columns: [TableColumn], rowCount: Int, sort: TableSort? = nil, isFocused: Bool,
        emptyText: String = "nothing here",
        cell: @escaping (_ row: Int, _ column: TableColumn) -> Span
    ) {
        self.columns = columns
        self.rowCount = rowCount
        self.sort = sort
        self.isFocused = isFocused
        self.emptyText = emptyText
        self.cell = cell
    }

    /// The columns that fit into a width, with their widths, in order.
    package static func fitting(_ columns: [TableColumn], width: Int) -> [(column: TableColumn, width: Int)] {
        var kept = columns
        func needed(_ list: [TableColumn]) -> Int { list.reduce(0) { $0 + $1.width + 1 } }
        while needed(kept) > width, let worst = kept.map(\.rank).max(), worst > 0 {
            guard let index = kept.lastIndex(where: { $0.rank == worst }) else { break }
            kept.remove(at: index)
        }
        return zip(kept, widths(kept, spare: max(0, width - needed(kept)))).map { (column: $0, width: $1) }
    }

    /// The widths of columns that share spare cells by their weights. What one may not take goes to the others.
    private static func widths(_ columns: [TableColumn], spare: Int) -> [Int] {
        var widths = columns.map(\.width)
        var left = spare
        var growing = columns.indices.filter { columns[$0].grow > 0 && widths[$0] < columns[$0].most }
        while left > 0, !growing.isEmpty {
            let weights = growing.reduce(0) { $0 + columns[$1].grow }
            var (seen, given, taken) = (0, 0, 0)
            for index in growing {
                seen += columns[index].grow
                let share = left * seen / weights - given
                given += share
                let more = min(share, columns[index].most - widths[index])
                widths[index] += more
                taken += more
            }
            left -= taken
            let next = growing.filter { widths[$0] < columns[$0].most }
            if next.count == growing.count { break }
            growing = next
        }
        return widths
    }

    /// Rows that fit under the head.
    package func page(in rect: Rect) -> Int { max(0, rect.height - (showsHead ? 1 : 0)) }

    /// Draws head and rows, and puts the hardware cursor on the selection when the table has the focus.
    package func draw(on canvas: inout Canvas, in rect: Rect, state: ListState) {
        guard !rect.isEmpty else { return }
        canvas.clipped(to: rect) { canvas in
            let fitting = Self.fitting(columns, width: rect.width - 1)
            var body = rect
            if showsHead {
                drawHead(on: &canvas, in: rect.row(0), fitting: fitting)
                body = rect.inset(top: 1)
            }
            if rowCount == 0 {
                canvas.text(emptyText, x: body.x + 1, y: body.y, role: .secondary)
                return
            }
            var fitted = state
            fitted.fit(count: rowCount, page: body.height)
            for (offset, row) in fitted.visible(count: rowCount, page: body.height).enumerated() {
                draw(
                    row, isSelected: showsSelection && row == fitted.selected, on: &canvas, in: body.row(offset),
                    fitting: fitting)
            }
        }
    }

    private func drawHead(
        on canvas: inout Canvas, in rect: Rect, fitting: [(column: TableColumn, width: Int)]
    ) {
        var x = rect.x + 1
        for (column, width) in fitting {
            var title = column.title
            if let sort, sort.column == column.id {
                title += canvas.glyphs.isASCII ? (sort.descending ? "v" : "^") : (sort.descending ? "▼" : "▲")
            }
            canvas.text(title, x: x, y: rect.y, width: width, align: column.align, role: .columnHead)
            x += width + 1
        }
    }

    private func draw(
        _ row: Int, isSelected: Bool, on canvas: inout Canvas, in rect: Rect,
        fitting: [(column: TableColumn, width: Int)]
    ) {
        var x = rect.x + 1
        for (column, width) in fitting {
            let content = cell(row, column)
            canvas.text(content.text, x: x, y: rect.y, width: width, align: column.align, role: content.role)
            x += width + 1
        }
        if isMarked(row) { canvas.put("*", x: rect.x, y: rect.y, role: .marked) }
        guard isSelected else { return }
        if isFocused {
            canvas.restyle(rect, role: .selection)
            canvas.cursor = GridPoint(x: rect.x, y: rect.y)
        }
        canvas.put(
            isMarked(row) ? "*" : canvas.glyphs.selection, x: rect.x, y: rect.y, role: isFocused ? .strong : .secondary)
    }
}
