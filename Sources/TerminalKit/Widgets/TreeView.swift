/// A node of a tree and what hangs under it.
package struct TreeNode<ID: Hashable & Sendable>: Hashable, Sendable {
    package var id: ID
    package var title: String
    /// Shown at the right edge where there is room.
    package var trailing: String
    /// Replaces the leaf mark: `!`, `?` ...
    package var mark: Character?
    package var role: Role
    package var children: [TreeNode<ID>]

    package init(
        id: ID, title: String, trailing: String = "", mark: Character? = nil, role: Role = .normal,
        children: [TreeNode<ID>] = []
    ) {
        self.id = id
        self.title = title
        self.trailing = trailing
        self.mark = mark
        self.role = role
        self.children = children
    }
}

/// A row of a flattened tree.
package struct TreeRow<ID: Hashable & Sendable>: Hashable, Sendable {
    package var id: ID
    package var parent: ID?
    package var depth: Int
    package var node: TreeNode<ID>
    package var isExpanded: Bool
}

/// What is unfolded and what is selected; both survive a change of the tree, since they go by id.
package struct TreeState<ID: Hashable & Sendable>: Hashable, Sendable {
    package var expanded: Set<ID> = []
    package var selected: ID?
    package var list = ListState()

    package init() {}

    /// The rows that are not folded away; with a filter, those that match, with their ancestors.
    package func rows(of roots: [TreeNode<ID>], matching: ((TreeNode<ID>) -> Bool)? = nil) -> [TreeRow<ID>] {
        var result: [TreeRow<ID>] = []
        func add(_ node: TreeNode<ID>, parent: ID?, depth: Int) {
            if let matching, !Self.contains(node, matching) { return }
            let open = matching != nil || expanded.contains(node.id)
            result.append(TreeRow(id: node.id, parent: parent, depth: depth, node: node, isExpanded: open))
            guard open else { return }
            for child in node.children { add(child, parent: node.id, depth: depth + 1) }
        }
        for root in roots { add(root, parent: nil, depth: 0) }
        return result
    }

    private static func contains(_ node: TreeNode<ID>, _ matching: (TreeNode<ID>) -> Bool) -> Bool {
        matching(node) || node.children.contains { contains($0, matching) }
    }

    /// Finds the selection again after the rows changed.
    package mutating func fit(rows: [TreeRow<ID>], page: Int) {
        let isThere = rows.indices.contains(list.selected) && rows[list.selected].id == selected
        if !isThere, let selected, let index = rows.firstIndex(where: { $0.id == selected }) { list.selected = index }
        list.fit(count: rows.count, page: page)
        selected = rows.isEmpty ? nil : rows[list.selected].id
    }

    package mutating func move(_ step: ListMove, rows: [TreeRow<ID>], page: Int) {
        fit(rows: rows, page: page)
        list.move(step, count: rows.count, page: page)
        selected = rows.isEmpty ? nil : rows[list.selected].id
    }

    /// Folds the selected node, or goes to its parent when it is folded already.
    package mutating func fold(rows: [TreeRow<ID>]) {
        guard let selected, let row = rows.first(where: { $0.id == selected }) else { return }
        if row.isExpanded, !row.node.children.isEmpty {
            expanded.remove(selected)
        } else if let parent = row.parent {
            self.selected = parent
        }
    }

    /// Unfolds the selected node, or goes to its first child when it is open already.
    package mutating func unfold(rows: [TreeRow<ID>]) {
        guard let selected, let row = rows.first(where: { $0.id == selected }), let child = row.node.children.first
        else {
            return
        }
        if row.isExpanded { self.selected = child.id } else { expanded.insert(selected) }
    }

    /// Selects a node and unfolds everything above it.
    package mutating func reveal(_ id: ID, in roots: [TreeNode<ID>]) {
        func path(_ node: TreeNode<ID>) -> [ID]? {
            if node.id == id { return [] }
            for child in node.children {
                if let rest = path(child) { return [node.id] + rest }
            }
            return nil
        }
        guard let above = roots.lazy.compactMap(path).first else { return }
        expanded.formUnion(above)
        selected = id
    }
}

/// Draws a flattened tree.
package struct TreeView<ID: Hashable & Sendable> {
    package var rows: [TreeRow<ID>]
    package var isFocused: Bool
    package var emptyText: String

    package init(rows: [TreeRow<ID>], isFocused: Bool, emptyText: String = "nothing here") {
        self.rows = rows
        self.isFocused = isFocused
        self.emptyText = emptyText
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, state: TreeState<ID>) {
        var fitted = state
        fitted.fit(rows: rows, page: rect.height)
        canvas.clipped(to: rect) { canvas in
            if rows.isEmpty { canvas.text(emptyText, x: rect.x + 1, y: rect.y, role: .secondary) }
            for (offset, index) in fitted.list.visible(count: rows.count, page: rect.height).enumerated() {
                draw(rows[index], isSelected: index == fitted.list.selected, on: &canvas, in: rect.row(offset))
            }
        }
    }

    private func draw(_ row: TreeRow<ID>, isSelected: Bool, on canvas: inout Canvas, in rect: Rect) {
        let glyphs = canvas.glyphs
        let fold = row.node.children.isEmpty ? glyphs.leaf : row.isExpanded ? glyphs.unfolded : glyphs.folded
        let indent = rect.x + 1 + 2 * row.depth
        canvas.put(row.node.mark ?? fold, x: indent, y: rect.y, role: row.node.mark == nil ? .secondary : row.node.role)
        let trailing = TextWidth.of(row.node.trailing)
        let room = rect.endX - indent - 2
        let showsTrailing = trailing > 0 && room >= trailing + 14
        canvas.text(
            row.node.title, x: indent + 2, y: rect.y, width: showsTrailing ? room - trailing - 2 : room,
            role: row.node.role)
        if showsTrailing {
            canvas.text(row.node.trailing, x: rect.endX - trailing - 1, y: rect.y, role: .secondary)
        }
        guard isSelected else { return }
        if isFocused {
            canvas.restyle(rect, role: .selection)
            canvas.cursor = GridPoint(x: rect.x, y: rect.y)
        }
        canvas.put(glyphs.selection, x: rect.x, y: rect.y, role: isFocused ? .strong : .secondary)
    }
}
