import TerminalKit

/// A row of a list screen: its cells by column, and what to sort by.
struct RowModel: Hashable, Sendable, Identifiable {
    var id: String
    var cells: [String: Span]
    /// Numbers for columns that do not sort as text.
    var sortKeys: [String: Double] = [:]
    var needsAttention = false

    func text(_ column: String) -> String { cells[column]?.text ?? "" }
}

/// What a list screen shows: title, columns and rows in their natural order.
struct ListModel: Hashable, Sendable {
    var title: String
    /// Figures that stand in the title behind the number of rows.
    var facts = ""
    var path: [String] = []
    var columns: [TableColumn]
    var rows: [RowModel]
    /// Said when there is no row.
    var emptyText = "nothing here"
    /// Figures under the list.
    var footer = ""

    init(title: String, columns: [TableColumn], rows: [RowModel]) {
        self.title = title
        self.columns = columns
        self.rows = rows
    }
}

/// The rows that a list shows, kept until rows, filter or order change: with thousands of them no key should sort anew.
@MainActor
private final class ShownRows {
    private var source: [RowModel] = []
    private var filter = ""
    private var order: TableSort?
    private var shown: [RowModel] = []
    /// How often the rows were sought and sorted anew.
    private(set) var derivations = 0

    func rows(_ source: [RowModel], filter: String, order: TableSort?) -> [RowModel] {
        if filter.isEmpty, order == nil { return source }
        // Arrays that share their storage are equal at a glance.
        if filter == self.filter, order == self.order, source == self.source {
            self.source = source
            return shown
        }
        // A longer word can only narrow what a shorter one has found.
        let isNarrower =
            !self.filter.isEmpty && filter.hasPrefix(self.filter) && !filter.contains("!") && !filter.contains(":")
        derivations += 1
        let start = isNarrower && order == self.order && source == self.source ? shown : source
        shown = Self.sorted(Self.filtered(start, filter), order)
        (self.source, self.filter, self.order) = (source, filter, order)
        return shown
    }

    private static func filtered(_ rows: [RowModel], _ text: String) -> [RowModel] {
        let filter = RowFilter(text)
        if filter.isEmpty { return rows }
        return rows.filter { row in filter.matches(row.cells.lazy.map { (column: $0.key, text: $0.value.text) }) }
    }

    private static func sorted(_ rows: [RowModel], _ order: TableSort?) -> [RowModel] {
        guard let order else { return rows }
        return rows.sorted { a, b in
            let (left, right) = (a.sortKeys[order.column], b.sortKeys[order.column])
            if let left, let right, left != right { return (left < right) != order.descending }
            if (left == nil) != (right == nil) { return left != nil }
            let (x, y) = (a.text(order.column), b.text(order.column))
            return x == y ? a.id < b.id : (x < y) != order.descending
        }
    }
}

/// The state of a list: selection by id, filter, order, marks.
@MainActor
struct ListPane {
    var list = ListState()
    var filter = ""
    var order: TableSort?
    var marked: Set<String> = []
    var selectedID: String?
    /// A row to select as soon as it is there.
    var wantedID: String?
    var page = 10
    private let shown = ShownRows()

    /// How often the rows were sought and sorted anew, for budgets.
    var derivations: Int { shown.derivations }

    /// The rows that pass the filter, in order.
    func rows(_ model: ListModel?) -> [RowModel] {
        model.map { shown.rows($0.rows, filter: filter, order: order) } ?? []
    }

    /// Finds the selection again after rows came or went.
    mutating func fit(_ rows: [RowModel]) {
        if let wanted = wantedID, rows.contains(where: { $0.id == wanted }) {
            selectedID = wanted
            wantedID = nil
        }
        if let selectedID, rows[safe: list.selected]?.id != selectedID,
            let index = rows.firstIndex(where: { $0.id == selectedID })
        {
            list.selected = index
        }
        list.fit(count: rows.count, page: page)
        selectedID = rows[safe: list.selected]?.id ?? selectedID
        if !marked.isEmpty { marked.formIntersection(rows.map(\.id)) }
    }

    mutating func move(_ step: ListMove, _ rows: [RowModel]) {
        list.move(step, count: rows.count, page: page)
        selectedID = rows[safe: list.selected]?.id
    }

    mutating func select(_ index: Int, _ rows: [RowModel]) {
        list.selected = index
        selectedID = rows[safe: index]?.id
    }

    mutating func nextOrder(_ columns: [TableColumn], reverse: Bool) -> String {
        if reverse {
            order = TableSort(
                column: order?.column ?? columns.first?.id ?? "", descending: !(order?.descending ?? false))
        } else {
            let index = columns.firstIndex { $0.id == order?.column }
            let next = index.map { $0 + 1 } ?? 0
            order = columns[safe: next].map { TableSort(column: $0.id) }
        }
        guard let order else { return "attention" }
        let title = columns.first { $0.id == order.column }?.title ?? order.column
        return title + (order.descending ? ", descending" : "")
    }
}
