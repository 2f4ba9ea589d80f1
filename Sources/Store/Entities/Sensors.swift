import EnergyCore
import GRDB

extension ReadTransaction {
    /// All sensors, by id.
    package func sensors() throws -> [Sensor] {
        try sensors(where: "", [])
    }

    /// A sensor by its id.
    package func sensor(_ id: SensorID) throws -> Sensor? {
        try sensors(where: "WHERE id = ?", [id]).first
    }

    /// The sensors of one asset, by id; those of its children are not among them.
    package func sensors(of asset: AssetID) throws -> [Sensor] {
        try sensors(where: "WHERE asset_id = ?", [asset])
    }

    /// The sensor of that name on an asset.
    package func sensor(named name: String, of asset: AssetID) throws -> Sensor? {
        try sensors(where: "WHERE asset_id = ? AND name = ?", [asset, name]).first
    }

    private func sensors(where condition: String, _ arguments: StatementArguments) throws -> [Sensor] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT id, name, asset_id, unit, resolution, timezone, knowledge_horizon, attributes
                    FROM sensor \(condition) ORDER BY id
                    """), arguments: arguments)
        var sensors: [Sensor] = []
        while let row = try rows.next() { sensors.append(Sensor(row: row)) }
        return sensors
    }
}

extension Sensor {
    fileprivate init(row: Row) {
        self.init(
            id: row[0], name: row[1], assetID: row[2], unit: row[3], resolution: .seconds(row[4]), timezone: row[5])
        if let text = row[6] as String?, let horizon = KnowledgeHorizon(stored: StoredJSON.object(text)) {
            knowledgeHorizon = horizon
        }
        attributes = StoredJSON.object(row[7])
    }

    fileprivate var columns: StatementArguments {
        [
            name, assetID, unit, resolution.microseconds / 1_000_000, timezone,
            knowledgeHorizon == .exPost(.zero) ? nil : StoredJSON.text(knowledgeHorizon.stored),
            StoredJSON.text(attributes),
        ]
    }
}

extension WriteTransaction {
    /// Stores a new sensor; id 0 takes the next id. Returns the id.
    @discardableResult
    package func insert(_ sensor: Sensor) throws -> SensorID {
        try database.cachedStatement(
            sql: """
                INSERT INTO sensor (id, name, asset_id, unit, resolution, timezone, knowledge_horizon, attributes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [sensor.id == 0 ? nil : sensor.id] + sensor.columns)
        let id = Int(database.lastInsertedRowID)
        note(.sensors, id)
        return id
    }

    /// Stores the present state of a sensor. Its data stay as they are.
    package func update(_ sensor: Sensor) throws {
        try database.cachedStatement(
            sql: """
                UPDATE sensor SET name = ?, asset_id = ?, unit = ?, resolution = ?, timezone = ?,
                    knowledge_horizon = ?, attributes = ?
                WHERE id = ?
                """
        ).execute(arguments: sensor.columns + [sensor.id])
        note(.sensors, sensor.id)
    }

    /// Removes a sensor. Its data are left to the caller.
    package func deleteSensor(_ id: SensorID) throws {
        try database.execute(sql: "DELETE FROM sensor WHERE id = ?", arguments: [id])
        note(.sensors, id)
    }
}

extension KnowledgeHorizon {
    /// The rule as an object: `rule` and its parameters, durations in microseconds.
    package var stored: JSONObject {
        switch self {
        case .exPost(let span): ["rule": "ex_post", "horizon": .int(span.microseconds)]
        case .exAnte(let span): ["rule": "ex_ante", "horizon": .int(span.microseconds)]
        case .daysAgoAtOClock(let days, let hour, let zone):
            ["rule": "x_days_ago_at_y_oclock", "x": .int(Int64(days)), "y": .double(hour), "z": .string(zone)]
        case .atDate(let moment): ["rule": "at_date", "moment": .int(moment.microseconds)]
        case .yearsAgoAtDate(let years, let day, let month, let zone):
            [
                "rule": "x_years_ago_at_date", "x": .int(Int64(years)), "day": .int(Int64(day)),
                "month": .int(Int64(month)), "z": .string(zone),
            ]
        }
    }

    /// Reads what `stored` wrote; nil for anything else.
    package init?(stored: JSONObject) {
        func whole(_ key: String) -> Int64? {
            if case .int(let number)? = stored[key] { number } else { nil }
        }
        guard case .string(let rule)? = stored["rule"] else { return nil }
        let zone: String = if case .string(let text)? = stored["z"] { text } else { "UTC" }
        switch rule {
        case "ex_post": self = .exPost(TimeSpan(microseconds: whole("horizon") ?? 0))
        case "ex_ante": self = .exAnte(TimeSpan(microseconds: whole("horizon") ?? 0))
        case "x_days_ago_at_y_oclock":
            let hour: Double = if case .double(let number)? = stored["y"] { number } else { Double(whole("y") ?? 0) }
            self = .daysAgoAtOClock(days: Int(whole("x") ?? 0), hour: hour, zone: zone)
        case "at_date": self = .atDate(Instant(microseconds: whole("moment") ?? 0))
        case "x_years_ago_at_date":
            self = .yearsAgoAtDate(
                years: Int(whole("x") ?? 0), day: Int(whole("day") ?? 1), month: Int(whole("month") ?? 1), zone: zone)
        default: return nil
        }
    }
}
