import EnergyCore
import GRDB

extension ReadTransaction {
    /// All asset types, by id.
    package func assetTypes() throws -> [AssetType] {
        let rows = try Row.fetchAll(database, sql: "SELECT id, name, description FROM asset_type ORDER BY id")
        return rows.map { AssetType(id: $0[0], name: $0[1], description: $0[2]) }
    }

    /// Whether there is any asset.
    package func hasAssets() throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM asset)") ?? false
    }

    /// All assets, by id.
    package func assets() throws -> [Asset] {
        try assets(where: "", [])
    }

    /// An asset by its id.
    package func asset(_ id: AssetID) throws -> Asset? {
        try assets(where: "WHERE asset.id = ?", [id]).first
    }

    /// The assets of an account, or the public ones (nil), by id.
    package func assets(of account: AccountID?) throws -> [Asset] {
        try assets(where: "WHERE account_id IS ?", [account])
    }

    /// The asset of that name under a parent, or at top level (nil).
    package func asset(named name: String, under parent: AssetID?) throws -> Asset? {
        try assets(where: "WHERE ifnull(parent_id, 0) = ? AND asset.name = ?", [parent ?? 0, name]).first
    }

    /// The asset with that id of its owner's own; nil as account means public assets.
    package func asset(externalID: String, of account: AccountID?) throws -> Asset? {
        try assets(where: "WHERE ifnull(account_id, 0) = ? AND external_id = ?", [account ?? 0, externalID]).first
    }

    /// An asset and all its descendants, parents before children.
    package func assetTree(from root: AssetID) throws -> [Asset] {
        try assets(
            where: """
                JOIN (WITH RECURSIVE tree (node, depth) AS (
                          VALUES (?, 0) UNION SELECT asset.id, depth + 1 FROM asset JOIN tree ON parent_id = node)
                      SELECT node, depth FROM tree) AS tree ON tree.node = asset.id
                """, [root], order: "tree.depth, asset.id")
    }

    /// The ancestors of an asset, nearest first; the asset itself is not among them.
    package func ancestors(of asset: AssetID) throws -> [Asset] {
        try assets(
            where: """
                JOIN (WITH RECURSIVE line (node, depth) AS (
                          SELECT parent_id, 1 FROM asset WHERE id = ? AND parent_id IS NOT NULL
                          UNION SELECT parent_id, depth + 1 FROM asset JOIN line ON asset.id = node
                          WHERE parent_id IS NOT NULL)
                      SELECT node, depth FROM line) AS line ON line.node = asset.id
                """, [asset], order: "line.depth")
    }

    func assets(
        where condition: String, _ arguments: StatementArguments, order: String = "asset.id"
    ) throws -> [Asset] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT asset.id, asset.name, account_id, type_id, asset_type.name, asset_type.description,
                           parent_id, latitude, longitude, attributes, flex_context, flex_model, sensors_to_show,
                           sensors_to_show_as_kpis, external_id
                    FROM asset JOIN asset_type ON asset_type.id = type_id
                    \(condition) ORDER BY \(order)
                    """), arguments: arguments)
        var assets: [Asset] = []
        while let row = try rows.next() { assets.append(Asset(row: row)) }
        return assets
    }
}

extension Asset {
    fileprivate init(row: Row) {
        let type = AssetType(id: row[3], name: row[4], description: row[5])
        self.init(id: row[0], name: row[1], accountID: row[2], type: type)
        parentID = row[6]
        latitude = row[7]
        longitude = row[8]
        attributes = StoredJSON.object(row[9])
        flexContext = StoredJSON.object(row[10])
        flexModel = (row[11] as String?).map(StoredJSON.value)
        sensorsToShow = StoredJSON.value(row[12])
        sensorsToShowAsKPIs = StoredJSON.value(row[13])
        externalID = row[14]
    }

    fileprivate var columns: StatementArguments {
        [
            name, accountID, type.id, parentID, latitude, longitude, StoredJSON.text(attributes),
            StoredJSON.text(flexContext), flexModel.map(StoredJSON.text), StoredJSON.text(sensorsToShow),
            StoredJSON.text(sensorsToShowAsKPIs), externalID,
        ]
    }
}

extension WriteTransaction {
    /// Stores a new asset type; id 0 takes the next id. Returns the id.
    @discardableResult
    package func insert(_ type: AssetType) throws -> AssetTypeID {
        try database.execute(
            sql: "INSERT INTO asset_type (id, name, description) VALUES (?, ?, ?)",
            arguments: [type.id == 0 ? nil : type.id, type.name, type.description])
        note(.assets)
        return Int(database.lastInsertedRowID)
    }

    /// Stores the present state of an asset type.
    package func update(_ type: AssetType) throws {
        try database.execute(
            sql: "UPDATE asset_type SET name = ?, description = ? WHERE id = ?",
            arguments: [type.name, type.description, type.id])
        note(.assets)
    }

    /// Stores a new asset; id 0 takes the next id. Returns the id.
    @discardableResult
    package func insert(_ asset: Asset) throws -> AssetID {
        try database.cachedStatement(
            sql: """
                INSERT INTO asset (id, name, account_id, type_id, parent_id, latitude, longitude, attributes,
                    flex_context, flex_model, sensors_to_show, sensors_to_show_as_kpis, external_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [asset.id == 0 ? nil : asset.id] + asset.columns)
        let id = Int(database.lastInsertedRowID)
        note(.assets, id)
        return id
    }

    /// Stores the present state of an asset.
    package func update(_ asset: Asset) throws {
        try database.cachedStatement(
            sql: """
                UPDATE asset SET name = ?, account_id = ?, type_id = ?, parent_id = ?, latitude = ?, longitude = ?,
                    attributes = ?, flex_context = ?, flex_model = ?, sensors_to_show = ?,
                    sensors_to_show_as_kpis = ?, external_id = ?
                WHERE id = ?
                """
        ).execute(arguments: asset.columns + [asset.id])
        note(.assets, asset.id)
    }

    /// Removes an asset, its descendants and their sensors. Returns these sensors; their data are left to the caller.
    package func deleteAssetTree(_ root: AssetID) throws -> [SensorID] {
        let tree = try assetTree(from: root)
        var sensors: [SensorID] = []
        for asset in tree {
            sensors += try Int.fetchAll(
                database, sql: "SELECT id FROM sensor WHERE asset_id = ? ORDER BY id", arguments: [asset.id])
            note(.assets, asset.id)
        }
        try database.execute(sql: "DELETE FROM asset WHERE id = ?", arguments: [root])
        for sensor in sensors { note(.sensors, sensor) }
        return sensors
    }
}
