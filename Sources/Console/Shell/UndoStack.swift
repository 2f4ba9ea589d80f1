import EnergyCore

/// A change that can be taken back.
package struct UndoEntry: Sendable {
    package var title: String
    package var undo: Work
    /// Does it once more; nil when it cannot be done again.
    package var redo: Work?
    /// When it was done.
    var at = Instant(seconds: 0)

    package init(title: String, undo: Work, redo: Work? = nil) {
        self.title = title
        self.undo = undo
        self.redo = redo
    }
}

/// What was done in this session, newest last. An entry that is being worked on is on neither side; what becomes of the
/// work decides where it goes.
struct UndoStack {
    private var done: [UndoEntry] = []
    private var undone: [UndoEntry] = []

    var undoTitle: String? { done.last?.title }
    var redoTitle: String? { undone.last?.title }

    /// Something new was done: what was undone before cannot be done again.
    mutating func push(_ entry: UndoEntry) {
        keepDone(entry)
        undone = []
    }

    mutating func keepDone(_ entry: UndoEntry) {
        done.append(entry)
        if done.count > 100 { done.removeFirst() }
    }

    mutating func keepUndone(_ entry: UndoEntry) {
        if entry.redo != nil { undone.append(entry) }
    }

    mutating func takeUndo() -> UndoEntry? { done.popLast() }
    mutating func takeRedo() -> UndoEntry? { undone.popLast() }
}
