import EnergyCore
import Foundation
import Logging
import Services
import Store
import TestSupport
import Testing

/// Where this test target keeps its recorded cases.
let vectorFolder: String? = Bundle.module.resourcePath.map { $0 + "/Vectors" }

/// One account with one asset, and sensors, sources and users as a recorded case wants them.
final class DataWorld: Sendable {
    let clock = ManualClock()
    let context: ServiceContext
    let accountID: AccountID
    let assetID: AssetID

    init(allowOverwrite: Bool = false) throws {
        var settings = ServiceSettings()
        settings.timezone = "Europe/Amsterdam"
        settings.data.allowOverwrite = allowOverwrite
        let store = try Store(path: ":memory:")
        context = ServiceContext(store: store, settings: settings, clock: clock, logger: Logger(label: "test"))
        (accountID, assetID) = try store.write { transaction in
            let account = try transaction.insert(Account(id: 0, name: "account"))
            let type = AssetType(id: 5, name: "battery")
            let asset = try transaction.insert(Asset(id: 0, name: "asset", accountID: account, type: type))
            return (account, asset)
        }
    }

    var data: DataService { DataService(context: context) }

    /// Adds a sensor from its recorded fields.
    func addSensor(_ fields: JSONObject, name: String = "sensor", id: SensorID = 0) throws -> Sensor {
        let resolution = try ISODuration(parsing: fields["event_resolution"]?.stringValue ?? "PT15M").span
        var sensor = Sensor(
            id: id, name: name, assetID: assetID, unit: fields["unit"]?.stringValue ?? "", resolution: resolution,
            timezone: fields["timezone"]?.stringValue ?? "UTC")
        sensor.attributes = fields["attributes"]?.objectValue ?? JSONObject()
        if let rule = fields["knowledge_horizon"]?.objectValue { sensor.knowledgeHorizon = try horizon(rule) }
        sensor.id = try context.store.write { try $0.insert(sensor) }
        return sensor
    }

    private func horizon(_ fields: JSONObject) throws -> KnowledgeHorizon {
        func span() throws -> TimeSpan {
            try ISODuration(parsing: fields["horizon"]?.stringValue ?? "PT0M").span
        }
        return switch fields["function"]?.stringValue {
        case "ex_ante": .exAnte(try span())
        case "x_days_ago_at_y_oclock":
            .daysAgoAtOClock(
                days: fields["x"]?.intValue ?? 0, hour: fields["y"]?.doubleValue ?? 0,
                zone: fields["z"]?.stringValue ?? "UTC")
        default: .exPost(try span())
        }
    }

    /// Adds sources, in the order of their aliases. Returns their ids.
    func addSources(_ sources: JSONObject) throws -> [String: DataSourceID] {
        var ids: [String: DataSourceID] = [:]
        try context.store.write { transaction in
            for (alias, fields) in sources {
                let source = DataSource(
                    id: 0, name: fields["name"]?.stringValue ?? alias, type: fields["type"]?.stringValue ?? "",
                    model: fields["model"]?.stringValue, version: fields["version"]?.stringValue)
                ids[alias] = try transaction.insert(source)
            }
        }
        return ids
    }

    /// Adds the source that a recorded case without a list of sources means by an alias.
    func addUsualSources() throws -> [String: DataSourceID] {
        try addSources([
            "A": ["name": "meter gateway", "type": "gateway"],
            "N": ["name": "weather service", "type": "forecaster", "model": "naive"],
            "F2": ["name": "Forecast Inc", "type": "forecaster", "model": "lgbm", "version": "2"],
            "F10": ["name": "Forecast Inc", "type": "forecaster", "model": "lgbm", "version": "10"],
        ])
    }

    /// Records beliefs as a case lists them.
    func record(_ beliefs: [JSONValue], for sensor: Sensor, sources: [String: DataSourceID]) throws {
        try context.store.write { transaction in
            for belief in beliefs {
                let source = sources[belief["source"]?.stringValue ?? belief["source_type"]?.stringValue ?? ""] ?? 0
                var batch = BeliefBatch(sensor: sensor, source: source)
                let start = try Instant(parsing: belief["event_start"]?.stringValue ?? "").seconds
                let value = belief["value"]?.doubleValue ?? .nan
                let horizon: TimeSpan
                if let text = belief["belief_horizon"]?.stringValue {
                    horizon = try ISODuration(parsing: text).span
                } else {
                    let moment = try Instant(parsing: belief["belief_time"]?.stringValue ?? "")
                    horizon = batch.horizon(ofEventAt: start, believedAt: moment)
                }
                if let probability = belief["cumulative_probability"]?.doubleValue {
                    batch.append(start: start, horizon: horizon, probability: probability, value: value)
                } else {
                    batch.append(start: start, horizon: horizon, value: value)
                }
                try transaction.save(batch, rule: SaveRule(mayReplace: true, dropsUnchanged: false))
            }
        }
    }

    /// A member of the account, made when first asked for.
    func user(_ name: String) throws -> Caller {
        if let known = try context.records().users.values.first(where: { $0.username == name }) {
            return Caller(user: known, origin: .api)
        }
        var user = User(id: 0, username: name, email: "\(name)@example.com", accountID: accountID)
        user.roles = [.accountAdmin]
        user.id = try context.store.write { try $0.insert(user, passwordHash: "") }
        return Caller(user: user, origin: .api)
    }

    /// All beliefs of a sensor.
    func stored(_ sensor: Sensor) throws -> [Belief] {
        try context.store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)).beliefs }
    }
}
