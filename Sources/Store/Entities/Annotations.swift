import EnergyCore
import GRDB

/// What an annotation is attached to.
package enum AnnotationTarget: Hashable, Sendable {
    case account(AccountID)
    case asset(AssetID)
    case sensor(SensorID)
}

/// A remark about a stretch of time.
package struct Annotation: Hashable, Sendable {
    package var id: Int
    package var content: String
    /// alert, holiday, label, feedback, warning or error
    package var type: String
    package var start: Instant
    package var end: Instant
    /// When it was made or claims to have been made; nil: not known.
    package var beliefTime: Instant?
    package var sourceID: DataSourceID
    package var target: AnnotationTarget

    package init(
        content: String, type: String, start: Instant, end: Instant, beliefTime: Instant?, sourceID: DataSourceID,
        target: AnnotationTarget
    ) {
        id = 0
        self.content = content
        self.type = type
        self.start = start
        self.end = end
        self.beliefTime = beliefTime
        self.sourceID = sourceID
        self.target = target
    }
}

extension ReadTransaction {
    /// Annotations of a target that overlap a stretch of time, by start. Open ends reach for ever.
    package func annotations(of target: AnnotationTarget, from: Instant?, to: Instant?) throws -> [Annotation] {
        let (column, id) = target.column
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, content, type, start, end, belief_time, source_id FROM annotation
                WHERE \(column) = ? AND end > ? AND start < ? ORDER BY start, id
                """,
            arguments: [id, from?.microseconds ?? .min, to?.microseconds ?? .max])
        return rows.map { row in
            var annotation = Annotation(
                content: row[1], type: row[2], start: Instant(microseconds: row[3]),
                end: Instant(microseconds: row[4]), beliefTime: Instant(column: row[5]), sourceID: row[6],
                target: target)
            annotation.id = row[0]
            return annotation
        }
    }
}

extension WriteTransaction {
    /// The stored annotation that says the same about the same, or this one, newly stored; and whether it is new.
    package func ensure(_ annotation: Annotation) throws -> (annotation: Annotation, isNew: Bool) {
        let same = try annotations(of: annotation.target, from: nil, to: nil).first {
            $0.content == annotation.content && $0.type == annotation.type && $0.start == annotation.start
                && $0.end == annotation.end && $0.sourceID == annotation.sourceID
                && $0.beliefTime == annotation.beliefTime
        }
        if let same { return (same, false) }
        let (column, id) = annotation.target.column
        try database.execute(
            sql: """
                INSERT INTO annotation (content, type, start, end, belief_time, source_id, \(column))
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                annotation.content, annotation.type, annotation.start.microseconds, annotation.end.microseconds,
                annotation.beliefTime?.microseconds, annotation.sourceID, id,
            ])
        var stored = annotation
        stored.id = Int(database.lastInsertedRowID)
        note(.annotations, stored.id)
        return (stored, true)
    }

    /// Removes an annotation; false if there is none with that id on the target.
    package func deleteAnnotation(_ id: Int, of target: AnnotationTarget) throws -> Bool {
        let (column, owner) = target.column
        try database.execute(
            sql: "DELETE FROM annotation WHERE id = ? AND \(column) = ?", arguments: [id, owner])
        note(.annotations, id)
        return database.changesCount > 0
    }
}

extension AnnotationTarget {
    fileprivate var column: (name: String, id: Int) {
        switch self {
        case .account(let id): ("account_id", id)
        case .asset(let id): ("asset_id", id)
        case .sensor(let id): ("sensor_id", id)
        }
    }
}
