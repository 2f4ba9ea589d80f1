import EnergyCore
import Services
import TerminalKit

extension Shell {
    func remember(_ entry: UndoEntry) {
        var entry = entry
        entry.at = now
        undoStack.push(entry)
    }

    /// Takes the latest change back: of this session, or of what the store can take back.
    func takeBack() {
        let (entry, data) = (undoStack.takeUndo(), inputs.data)
        note("undo ...", logged: false)
        loader.run({ try Self.takeBack(entry, data) }) { [weak self] result in
            guard let self else { return }
            self.version += 1
            switch result {
            case .success(let outcome):
                self.note(outcome.text)
                guard let entry else { return }
                outcome.isEntry ? self.undoStack.keepUndone(entry) : self.undoStack.keepDone(entry)
            case .failure(let error):
                // What could not be tried may be tried again; what was refused would be refused for ever.
                if let entry, StoreTrouble.message(for: error) != nil { self.undoStack.keepDone(entry) }
                self.fail(ErrorText(error))
            }
        }
    }

    /// What the same user changed later than `entry` comes first; others' changes come last.
    nonisolated private static func takeBack(
        _ entry: UndoEntry?, _ data: ConsoleData
    ) throws -> (text: String, isEntry: Bool) {
        let records = try data.services.undo.recent(as: data.caller)
        if let entry {
            let own = records.first { $0.userID == data.caller.userID }
            guard let own, own.at > entry.at else { return (try entry.undo.run(data), true) }
            return ("undone: " + (try data.services.undo.undo(own.id, as: data.caller)), false)
        }
        guard let last = records.first else { return ("nothing to undo", false) }
        return ("undone: " + (try data.services.undo.undo(last.id, as: data.caller)), false)
    }

    func doAgain() {
        guard let entry = undoStack.takeRedo(), let redo = entry.redo else { return }
        let data = inputs.data
        note("\(entry.title) ...", logged: false)
        loader.run({ try redo.run(data) }) { [weak self] result in
            guard let self else { return }
            self.version += 1
            switch result {
            case .success(let text):
                self.note(text)
                var entry = entry
                entry.at = self.now
                self.undoStack.keepDone(entry)
            case .failure(let error):
                if StoreTrouble.message(for: error) != nil { self.undoStack.keepUndone(entry) }
                self.fail(ErrorText(error))
            }
        }
    }
}
