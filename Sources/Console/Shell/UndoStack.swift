/// A change that can be taken back.
package struct UndoEntry: Sendable {
    package var title: String
    package var undo: Work
    /// Does it once more; nil when it cannot be done again.
    package var redo: Work?

    package init(title: String, undo: Work, redo: Work? = nil) {
        self.title = title
        self.undo = undo
        self.redo = redo
    }
}

/// What was done in this session, newest last.
struct UndoStack {
    private var done: [UndoEntry] = []
    private var undone: [UndoEntry] = []

    var undoTitle: String? { done.last?.title }
    var redoTitle: String? { undone.last?.title }

    mutating func push(_ entry: UndoEntry) {
        done.append(entry)
        undone = []
        if done.count > 100 { done.removeFirst() }
    }

    /// The entry to take back; it goes to the other side when it can be done again.
    mutating func takeUndo() -> UndoEntry? {
        guard let entry = done.popLast() else { return nil }
        if entry.redo != nil { undone.append(entry) }
        return entry
    }

    mutating func takeRedo() -> UndoEntry? {
        guard let entry = undone.popLast() else { return nil }
        done.append(entry)
        return entry
    }
}
