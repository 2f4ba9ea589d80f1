import EnergyCore
import Services
import TerminalKit

/// The sub-tabs of the Admin screen.
enum AdminTab: String, CaseIterable, Hashable, Sendable {
    case accounts = "Accounts"
    case users = "Users"
    case tokens = "Tokens"
    case outbox = "Outbox"
    case server = "Server"
}

/// What the Admin screen depends on.
struct AdminQuery: Hashable, Sendable {
    var tab: AdminTab
    var zone: Zone
    var minute: Int64
    var apiText: String
}

/// Accounts, users, mails or the state of the server.
struct AdminModel: Hashable, Sendable {
    var list: ListModel

    @Sendable
    static func load(_ query: AdminQuery, _ data: ConsoleData) throws -> AdminModel {
        var list: ListModel
        switch query.tab {
        case .accounts: list = try accounts(query, data)
        case .users: list = try users(query, data)
        case .tokens: list = try tokens(query, data)
        case .outbox: list = try outbox(query, data)
        case .server: list = try server(query, data)
        }
        list.path = ["Accounts and users"]
        return AdminModel(list: list)
    }

    private static func accounts(_ query: AdminQuery, _ data: ConsoleData) throws -> ListModel {
        let records = try data.records()
        let users = Dictionary(grouping: records.users.values, by: \.accountID)
        let format = TimeFormat(zone: query.zone, now: data.now)
        var alarms: [AccountID: Int] = [:]
        for row in try data.alarms.list(account: nil, belief: .live, data).rows where row.isActive {
            if let owner = row.asset.flatMap({ records.asset($0)?.accountID }) { alarms[owner, default: 0] += 1 }
        }
        let rows = records.readableAccounts(data.caller).map { account in
            let assets = records.assets(of: account.id)
            let sensors = assets.reduce(0) { $0 + records.sensors(of: $1.id).count }
            let seen = users[account.id]?.compactMap(\.lastSeen).max()
            return RowModel(
                id: String(account.id),
                cells: [
                    "id": Span(String(account.id)), "account": Span(account.name),
                    "roles": Span(account.roles.map(\.name).joined(separator: ", ")),
                    "users": Span(String(users[account.id]?.count ?? 0)), "assets": Span(String(assets.count)),
                    "sensors": Span(String(sensors)),
                    "consultant": Span(account.consultancyID.flatMap { records.accounts[$0]?.name } ?? ""),
                    "colours": Span(account.primaryColor ?? "", .secondary),
                    "seen": Span(seen.map { format.fine($0) } ?? "never", .secondary),
                    "alarms": Span(String(alarms[account.id] ?? 0)),
                ], sortKeys: ["id": Double(account.id), "assets": Double(assets.count), "sensors": Double(sensors)])
        }
        return ListModel(
            title: "ACCOUNTS",
            columns: [
                TableColumn("id", "id", width: 4, align: .right), TableColumn("account", "account", width: 20, grow: 2),
                TableColumn("roles", "roles", width: 12, grow: 1),
                TableColumn("users", "users", width: 5, align: .right),
                TableColumn("assets", "assets", width: 6, align: .right),
                TableColumn("sensors", "sensors", width: 7, align: .right),
                TableColumn("consultant", "consultant", width: 16, rank: 1),
                TableColumn("colours", "colour", width: 8, rank: 2),
                TableColumn("seen", "last activity", width: 13, rank: 3),
                TableColumn("alarms", "alarms", width: 6, align: .right, rank: 3),
            ], rows: rows)
    }

    private static func users(_ query: AdminQuery, _ data: ConsoleData) throws -> ListModel {
        let records = try data.records()
        let format = TimeFormat(zone: query.zone, now: data.now)
        // Sorted into accounts once: to go through all users for each of thousands of accounts would take minutes.
        let members = Dictionary(grouping: records.users.values, by: \.accountID)
        let users = records.readableAccounts(data.caller).flatMap { account in
            (members[account.id] ?? []).sorted { $0.id < $1.id }
        }.filter { AccessPolicy.allows(data.caller, to: .read, records.resource($0)) }
        let rows = users.map { user in
            RowModel(
                id: String(user.id),
                cells: [
                    "id": Span(String(user.id)), "user": Span(user.username), "mail": Span(user.email),
                    "account": Span(records.accounts[user.accountID]?.name ?? ""),
                    "roles": Span(user.roles.map(\.rawValue).sorted().joined(separator: ", ")),
                    "active": Span(user.isActive ? "yes" : "no", user.isActive ? .normal : .warning),
                    "login": Span(user.lastLogin.map { format.short($0) } ?? "never", .secondary),
                    "seen": Span(user.lastSeen.map { format.fine($0) } ?? "never", .secondary),
                ], sortKeys: ["id": Double(user.id)])
        }
        return ListModel(
            title: "USERS",
            columns: [
                TableColumn("id", "id", width: 4, align: .right), TableColumn("user", "user", width: 12, grow: 1),
                TableColumn("mail", "e-mail", width: 22, grow: 2),
                TableColumn("account", "account", width: 16, grow: 1, rank: 2),
                TableColumn("roles", "roles", width: 14, grow: 1), TableColumn("active", "act", width: 3),
                TableColumn("login", "last login", width: 12, rank: 3),
                TableColumn("seen", "last seen", width: 12, rank: 1),
            ], rows: rows)
    }

    private static func tokens(_ query: AdminQuery, _ data: ConsoleData) throws -> ListModel {
        let records = try data.records()
        let format = TimeFormat(zone: query.zone, now: data.now)
        let rows = try data.services.access.tokens(as: data.caller).map { token in
            RowModel(
                id: token.id,
                cells: [
                    "id": Span(token.id, .secondary), "user": Span(token.user.username),
                    "account": Span(records.accounts[token.user.accountID]?.name ?? ""),
                    "issued": Span(format.short(token.issuedAt)),
                    "expires": Span(format.short(token.expiresAt)),
                    "left": Span(TimeFormat.age(token.expiresAt - data.now)),
                ])
        }
        var list = ListModel(
            title: "TOKENS",
            columns: [
                TableColumn("id", "fingerprint", width: 12), TableColumn("user", "user", width: 16, grow: 1),
                TableColumn("account", "account", width: 16, grow: 1, rank: 1),
                TableColumn("issued", "issued", width: 13),
                TableColumn("expires", "expires", width: 13), TableColumn("left", "left", width: 8, align: .right),
            ], rows: rows)
        list.emptyText = "no tokens in use; T makes one"
        return list
    }

    private static func outbox(_ query: AdminQuery, _ data: ConsoleData) throws -> ListModel {
        let format = TimeFormat(zone: query.zone, now: data.now)
        let rows = try data.services.mails.outbox(limit: 200, as: data.caller).map { mail in
            RowModel(
                id: String(mail.id),
                cells: [
                    "at": Span(format.short(mail.createdAt)), "to": Span(mail.recipient), "subject": Span(mail.subject),
                    "state": Span(mail.sentAt == nil ? "waits" : "sent"),
                ])
        }
        return ListModel(
            title: "OUTBOX",
            columns: [
                TableColumn("at", "at", width: 13), TableColumn("to", "to", width: 24, grow: 1),
                TableColumn("subject", "subject", width: 26, grow: 2),
                TableColumn("state", "state", width: 6),
            ], rows: rows)
    }

    private static func server(_ query: AdminQuery, _ data: ConsoleData) throws -> ListModel {
        let rows = try ServerFacts.all(query.apiText, data).enumerated().map {
            RowModel(id: String($0), cells: ["what": Span($1.0, .secondary), "value": Span($1.1)])
        }
        return ListModel(
            title: "SERVER",
            columns: [TableColumn("what", "", width: 20), TableColumn("value", "", width: 40, grow: 1)], rows: rows)
    }
}
