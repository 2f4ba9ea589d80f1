import EnergyCore
import Services
import TerminalKit

/// A node of the asset tree.
enum AssetNode: Hashable, Sendable {
    case account(AccountID)
    case publicAssets
    case asset(AssetID)

    /// As text, for what a restart brings back.
    var text: String {
        switch self {
        case .account(let id): "account \(id)"
        case .publicAssets: "public"
        case .asset(let id): "asset \(id)"
        }
    }

    init?(text: String) {
        let parts = text.split(separator: " ")
        if text == "public" {
            self = .publicAssets
        } else if parts.count == 2, let id = Int(parts[1]) {
            self = parts[0] == "account" ? .account(id) : .asset(id)
        } else {
            return nil
        }
    }
}

/// What the tree depends on.
struct AssetTreeQuery: Hashable, Sendable {
    var belief: BeliefHorizon
    var quarter: Int64
}

/// Accounts and their assets, with marks where something is wrong.
struct AssetTreeModel: Hashable, Sendable {
    var roots: [TreeNode<AssetNode>] = []
    var types: [String] = []

    @Sendable
    static func load(_ query: AssetTreeQuery, _ data: ConsoleData) throws -> AssetTreeModel {
        let records = try data.records()
        let alarms = try data.alarms.list(account: nil, belief: query.belief, data).rows.filter(\.isActive)
        var worst: [AssetID: AlarmRow.Priority] = [:]
        for alarm in alarms {
            if let id = alarm.asset { worst[id] = min(worst[id] ?? .warning, alarm.priority) }
        }
        func node(_ asset: Asset) -> TreeNode<AssetNode> {
            let priority = worst[asset.id]
            return TreeNode(
                id: .asset(asset.id), title: asset.name, trailing: asset.type.name,
                mark: priority.map { $0 == .alarm ? "!" : "?" },
                role: priority == .alarm ? .alarmAcknowledged : priority == .warning ? .warning : .normal,
                children: records.children(of: asset.id).filter { data.canRead($0, records) }.map(node))
        }
        let tops = records.children(of: nil).filter { data.canRead($0, records) }
        var model = AssetTreeModel()
        for account in records.readableAccounts(data.caller) {
            let own = tops.filter { $0.accountID == account.id }
            model.roots.append(
                TreeNode(id: .account(account.id), title: account.name, trailing: "account", children: own.map(node)))
        }
        let open = tops.filter { $0.accountID == nil }
        if !open.isEmpty { model.roots.append(TreeNode(id: .publicAssets, title: "public", children: open.map(node))) }
        model.types = records.assetTypes.values.map(\.name).sorted()
        return model
    }
}

/// The rows of the tree, kept until tree, folding or filter change: with thousands of assets no key should go through all.
@MainActor
final class ShownTree {
    private var roots: [TreeNode<AssetNode>] = []
    private var expanded: Set<AssetNode> = []
    private var filter = ""
    private var shown: [TreeRow<AssetNode>] = []
    private var wanted = RowFilter("")
    /// How often the rows were laid out anew.
    private(set) var derivations = 0

    /// Whether a node itself passes the filter of the last rows.
    func matches(_ node: TreeNode<AssetNode>) -> Bool {
        wanted.matches([("name", node.title), ("type", node.trailing)])
    }

    func rows(_ roots: [TreeNode<AssetNode>], expanded: Set<AssetNode>, filter: String) -> [TreeRow<AssetNode>] {
        // Arrays and sets that share their storage are equal at a glance.
        if filter == self.filter, expanded == self.expanded, roots == self.roots { return shown }
        derivations += 1
        var state = TreeState<AssetNode>()
        state.expanded = expanded
        wanted = RowFilter(filter)
        shown =
            wanted.isEmpty
            ? state.rows(of: roots)
            : state.rows(of: roots, matching: matches)
        (self.roots, self.expanded, self.filter) = (roots, expanded, filter)
        return shown
    }
}
