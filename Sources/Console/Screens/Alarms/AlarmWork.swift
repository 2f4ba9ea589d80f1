import Services
import Synchronization

/// A deed on alarms that can be taken back once it was done, and done again.
@MainActor
enum AlarmWork {
    static func intent(
        _ title: String, _ alarms: [AlarmRow],
        _ run: @escaping @Sendable (ConsoleData) throws -> (deed: AlarmDeed, said: String)
    ) -> Intent {
        let last = LastDeed()
        let deed = Work { data in
            let (deed, said) = try run(data)
            last.value.withLock { $0 = deed }
            return said
        }
        let undo = Work { data in
            guard let deed = last.value.withLock({ $0 }) else { return "nothing to undo" }
            try data.services.alarms.takeBack(deed, as: data.caller)
            return alarms.count == 1 ? "undone: \(title)" : "undone: \(title) \(alarms.count) alarms"
        }
        let what = alarms.count == 1 ? alarms[0].text : "\(alarms.count) alarms"
        let entry = UndoEntry(title: "\(title) \(what)", undo: undo, redo: deed)
        return .work(title: title, Work(deed.run, then: { [.remember(entry)] }))
    }

    /// What was done last: doing it again makes new marks.
    private final class LastDeed: Sendable {
        let value = Mutex<AlarmDeed?>(nil)
    }
}
