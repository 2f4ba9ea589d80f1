import EnergyCore
import GRDB

extension ReadTransaction {
    /// All data sources, by id.
    package func sources() throws -> [DataSource] {
        try sources(where: "", [])
    }

    /// A data source by its id.
    package func source(_ id: DataSourceID) throws -> DataSource? {
        try sources(where: "WHERE id = ?", [id]).first
    }

    /// The source that stands for a user.
    package func source(ofUser user: UserID) throws -> DataSource? {
        try sources(where: "WHERE user_id = ? AND type = 'user'", [user]).first
    }

    /// The source with the same name, user, model, version and attributes, whatever its type and id.
    package func source(like source: DataSource) throws -> DataSource? {
        try sources(
            where: """
                WHERE name = ? AND ifnull(user_id, 0) = ? AND ifnull(model, '') = ? AND ifnull(version, '') = ?
                    AND attributes = ?
                """,
            [
                source.name, source.userID ?? 0, source.model ?? "", source.version ?? "",
                StoredJSON.text(source.attributes),
            ]
        ).first
    }

    private func sources(where condition: String, _ arguments: StatementArguments) throws -> [DataSource] {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT id, name, type, model, version, user_id, attributes FROM data_source \(condition) ORDER BY id
                    """), arguments: arguments)
        return rows.map { row in
            var source = DataSource(
                id: row[0], name: row[1], type: row[2], model: row[3], version: row[4], userID: row[5])
            source.attributes = StoredJSON.object(row[6])
            return source
        }
    }
}

extension WriteTransaction {
    /// Stores a new data source; id 0 takes the next id. Returns the id.
    @discardableResult
    package func insert(_ source: DataSource) throws -> DataSourceID {
        try database.execute(
            sql: """
                INSERT INTO data_source (id, name, type, model, version, user_id, attributes)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                source.id == 0 ? nil : source.id, source.name, source.type, source.model, source.version,
                source.userID, StoredJSON.text(source.attributes),
            ])
        let id = Int(database.lastInsertedRowID)
        note(.sources, id)
        return id
    }

    /// The stored source that is the same as this one, made if there is none.
    package func ensure(_ source: DataSource) throws -> DataSource {
        if let known = try self.source(like: source) { return known }
        var new = source
        new.id = 0
        new.id = try insert(new)
        return new
    }

    /// The source that stands for a user, made if there is none.
    package func ensureSource(of user: User) throws -> DataSource {
        if let known = try source(ofUser: user.id) { return known }
        return try ensure(DataSource(id: 0, name: user.username, type: "user", userID: user.id))
    }

    /// Stores the present state of a data source.
    package func update(_ source: DataSource) throws {
        try database.execute(
            sql: """
                UPDATE data_source SET name = ?, type = ?, model = ?, version = ?, user_id = ?, attributes = ?
                WHERE id = ?
                """,
            arguments: [
                source.name, source.type, source.model, source.version, source.userID,
                StoredJSON.text(source.attributes), source.id,
            ])
        note(.sources, source.id)
    }
}
