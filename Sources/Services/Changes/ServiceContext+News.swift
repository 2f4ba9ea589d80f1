import EnergyCore
import Store

extension ServiceContext {
    /// The sensors whose values changed after records were read; nil when anything else may have changed that alarms
    /// hang on.
    package func sensorsWithNews(since records: Directory) throws -> Set<SensorID>? {
        try store.read { try $0.sensorsWithNews(since: records.contents.mark, besides: [.audit, .annotations]) }
    }
}

extension ReadTransaction {
    /// The sensors whose values changed after a position; nil when anything changed besides them and some subjects.
    func sensorsWithNews(since mark: ChangeMark, besides others: Set<ChangeSubject>) throws -> Set<SensorID>? {
        var sensors: Set<SensorID> = []
        for change in try changes(since: mark) where !others.contains(change.subject) {
            guard change.subject == .beliefs, change.id != 0 else { return nil }
            sensors.insert(change.id)
        }
        return sensors
    }
}
