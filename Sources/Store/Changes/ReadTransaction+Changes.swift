import GRDB

extension ReadTransaction {
    /// The present position in the history of changes, those of other processes included. Cheap enough to ask
    /// several times a second: one look at the end of an index.
    package func changeMark() throws -> ChangeMark {
        let statement = try RawStatement(database, "SELECT sequence FROM change ORDER BY sequence DESC LIMIT 1")
        defer { statement.reset() }
        return ChangeMark(sequence: try statement.step() ? statement.int(0) : 0)
    }

    /// What changed after a position, whoever changed it. Subjects that this version does not know are left out.
    package func changes(since mark: ChangeMark) throws -> Set<Change> {
        let statement = try database.cachedStatement(sql: "SELECT subject, id FROM change WHERE sequence > ?")
        let rows = try Row.fetchCursor(statement, arguments: [mark.sequence])
        var changes = Set<Change>()
        while let row = try rows.next() {
            guard let subject = ChangeSubject(rawValue: row[0]) else { continue }
            changes.insert(Change(subject: subject, id: row[1]))
        }
        return changes
    }
}

extension WriteTransaction {
    /// Writes the noted changes down under the next number. Called once, at the end of the transaction.
    func recordChanges() throws {
        guard !changes.isEmpty else { return }
        let next = try changeMark().sequence + 1
        let statement = try RawStatement(
            database,
            """
            INSERT INTO change (subject, id, sequence) VALUES (?, ?, ?)
            ON CONFLICT (subject, id) DO UPDATE SET sequence = excluded.sequence
            """)
        for change in changes {
            statement.bind(change.subject.rawValue, at: 1)
            statement.bind(change.id, at: 2)
            statement.bind(next, at: 3)
            try statement.run()
        }
    }
}
