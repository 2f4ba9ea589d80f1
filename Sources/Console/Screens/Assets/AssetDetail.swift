import EnergyCore
import Services
import TerminalKit

/// The sub-tabs of an asset, named as the default views of the API.
enum AssetTab: String, CaseIterable, Hashable, Sendable {
    case context = "Context"
    case graphs = "Graphs"
    case properties = "Properties"
    case status = "Status"
    case audit = "Audit"
}

/// What a line of the detail is about.
enum DetailTarget: Hashable, Sendable {
    case none
    case sensor(SensorID)
    case flexModel(key: String)
    case flexContext(key: String, owner: AssetID)
    case property(String)
    case job(String)
}

/// What the detail depends on.
struct AssetDetailQuery: Hashable, Sendable {
    var node: AssetNode?
    var tab: AssetTab
    var belief: BeliefHorizon
    var quarter: Int64
    var zone: Zone
    /// Cells of a line; columns are laid out for them.
    var width = 118
    var glyphs = GlyphSet.unicode
}

/// One asset or account as lines.
struct AssetDetailModel: Hashable, Sendable {
    var title = ""
    var path: [String] = []
    var lines: [DetailLine] = []
    var asset: Asset?
    var sensors: [Sensor] = []
    /// Below the asset, for the question before a deletion.
    var assetsBelow = 0
    var sensorsBelow = 0
    var isEditable = false

    @Sendable
    static func load(_ query: AssetDetailQuery, _ data: ConsoleData) throws -> AssetDetailModel {
        let records = try data.records()
        switch query.node {
        case .asset(let id): return try asset(id, query, data, records)
        case .account(let id): return try account(id, data, records)
        case .publicAssets:
            var model = AssetDetailModel()
            model.title = "PUBLIC"
            model.lines = [DetailLine("assets that everybody may read: markets, weather, tariffs", .secondary)]
            return model
        case nil: return AssetDetailModel()
        }
    }

    private static func account(_ id: AccountID, _ data: ConsoleData, _ records: Directory) throws -> AssetDetailModel {
        let account = try data.services.accounts.account(id, as: data.caller)
        var model = AssetDetailModel()
        model.title = account.name.uppercased()
        model.path = [account.name]
        let assets = records.assets(of: id)
        model.lines = [
            DetailLine("id            \(id)"),
            DetailLine("roles         \(account.roles.map(\.name).joined(separator: ", "))"),
            DetailLine("users         \(records.users(of: id).count)"), DetailLine("assets        \(assets.count)"),
            DetailLine("sensors       \(assets.reduce(0) { $0 + records.sensors(of: $1.id).count })"),
            DetailLine("consultant    \(account.consultancyID.flatMap { records.accounts[$0]?.name } ?? "none")"),
        ]
        return model
    }

    private static func asset(_ id: AssetID, _ query: AssetDetailQuery, _ data: ConsoleData, _ records: Directory)
        throws -> AssetDetailModel
    {
        let asset = try data.services.assets.asset(id, as: data.caller)
        var model = AssetDetailModel()
        model.asset = asset
        model.sensors = records.sensors(of: id)
        model.title = asset.name.uppercased()
        let owner = asset.accountID.flatMap { records.accounts[$0]?.name }
        model.path = (records.ancestors(of: id).reversed() + [asset]).map(\.name)
        let below = records.tree(from: id)
        model.assetsBelow = below.count - 1
        model.sensorsBelow = below.reduce(0) { $0 + records.sensors(of: $1.id).count }
        model.isEditable = AccessPolicy.allows(data.caller, to: .update, records.resource(asset))
        let writer = AssetDetailWriter(asset: asset, owner: owner, query: query, data: data, records: records)
        model.lines =
            switch query.tab {
            case .context: try AssetContextWriter(writer).lines()
            case .properties: writer.properties()
            case .status: try writer.status()
            case .audit: try writer.audit()
            case .graphs: []
            }
        return model
    }
}
