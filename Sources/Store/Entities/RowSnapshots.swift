import EnergyCore
import GRDB

/// Tables whose rows can be set aside and put back, parents before what refers to them.
package enum SnapshotTable: String, CaseIterable, Sendable {
    case account
    case user
    case asset
    case sensor
    case annotation
}

extension ReadTransaction {
    /// Rows as JSON objects, all columns, by id.
    package func snapshot(of table: SnapshotTable, ids: [Int]) throws -> [JSONObject] {
        try ids.sorted().compactMap { id in
            let statement = try database.cachedStatement(sql: "SELECT * FROM \(table.rawValue) WHERE id = ?")
            return try Row.fetchOne(statement, arguments: [id]).map(JSONObject.init(row:))
        }
    }

    /// The annotations attached to assets or sensors.
    package func annotationIDs(assets: [AssetID], sensors: [SensorID]) throws -> [Int] {
        let ofAssets = try assets.flatMap {
            try Int.fetchAll(database, sql: "SELECT id FROM annotation WHERE asset_id = ?", arguments: [$0])
        }
        let ofSensors = try sensors.flatMap {
            try Int.fetchAll(database, sql: "SELECT id FROM annotation WHERE sensor_id = ?", arguments: [$0])
        }
        return ofAssets + ofSensors
    }
}

extension WriteTransaction {
    /// Puts rows back as they were, with their ids: over the present row of that id, or anew.
    package func restore(_ rows: [JSONObject], to table: SnapshotTable) throws {
        for row in rows {
            let columns = row.keys
            let updates = columns.filter { $0 != "id" }.map { "\($0) = excluded.\($0)" }
            try database.execute(
                sql: """
                    INSERT INTO \(table.rawValue) (\(columns.joined(separator: ", "))) VALUES (\(marks(columns.count)))
                    ON CONFLICT (id) DO UPDATE SET \(updates.joined(separator: ", "))
                    """, arguments: StatementArguments(columns.map { (row[$0] ?? .null).column }))
            note(table.subject, row["id"]?.intValue ?? 0)
        }
    }
}

extension SnapshotTable {
    fileprivate var subject: ChangeSubject {
        switch self {
        case .account: .accounts
        case .user: .users
        case .asset: .assets
        case .sensor: .sensors
        case .annotation: .annotations
        }
    }
}

extension JSONObject {
    fileprivate init(row: Row) {
        self.init(
            row.map { column, value in
                switch value.storage {
                case .null, .blob: (column, .null)
                case .int64(let number): (column, .int(number))
                case .double(let number): (column, .double(number))
                case .string(let text): (column, .string(text))
                }
            })
    }
}

extension JSONValue {
    fileprivate var column: DatabaseValue {
        switch self {
        case .null, .array, .object: .null
        case .bool(let truth): truth.databaseValue
        case .int(let number): number.databaseValue
        case .double(let number): number.databaseValue
        case .string(let text): text.databaseValue
        }
    }
}
