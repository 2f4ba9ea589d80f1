import EnergyCore
import Services
import TerminalKit

/// What stands under the list of accounts.
struct AdminDetailQuery: Hashable, Sendable {
    var account: AccountID
    var zone: Zone
    var minute: Int64
    var apiText: String
}

/// The users of an account, and how the server does.
struct AdminDetail: Hashable, Sendable {
    var lines: [DetailLine] = []

    @Sendable
    static func load(_ query: AdminDetailQuery, _ data: ConsoleData) throws -> AdminDetail {
        let records = try data.records()
        guard let account = records.accounts[query.account] else { return AdminDetail() }
        let format = TimeFormat(zone: query.zone, now: data.now)
        let users = records.users.values.filter {
            $0.accountID == account.id && AccessPolicy.allows(data.caller, to: .read, records.resource($0))
        }.sorted { $0.id < $1.id }
        var lines = [DetailLine.heading("USERS OF \(account.name.uppercased()) \(users.count)")]
        if users.isEmpty { lines.append(DetailLine("none yet; ] goes to the tab Users, a adds one", .secondary)) }
        lines += users.map { user in
            DetailLine([
                Span("\(padded(String(user.id), 4, .right)) \(padded(user.username, 18)) \(padded(user.email, 28)) "),
                Span(padded(user.isActive ? "active" : "off", 7), user.isActive ? .normal : .warning),
                Span(user.lastSeen.map { format.short($0) } ?? "never seen", .secondary),
            ])
        }
        lines.append(.heading("SERVER"))
        lines += try AdminModel.serverFacts(query.apiText, data, records).map { name, value in
            DetailLine([Span(padded(name, 18), .secondary), Span(value)])
        }
        return AdminDetail(lines: lines)
    }

    private static func padded(_ text: String, _ width: Int, _ align: TextAlignment = .left) -> String {
        TextWidth.padded(text, to: width, align: align, ellipsis: "~")
    }
}
