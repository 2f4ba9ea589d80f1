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
        if !users.isEmpty { lines.append(DetailLine([Span(head, .columnHead)])) }
        lines += users.map { user in
            DetailLine([
                Span("\(padded(String(user.id), 4, .right)) \(padded(user.username, 15)) \(padded(user.email, 25)) "),
                Span(padded(user.roles.map(\.rawValue).sorted().joined(separator: ", "), 15)),
                Span(padded(user.isActive ? "yes" : "no", 4), user.isActive ? .normal : .warning),
                Span(user.lastSeen.map { format.fine($0) } ?? "never", .secondary),
            ])
        }
        lines.append(.heading("SERVER"))
        lines += try ServerFacts.all(query.apiText, data).map { name, value in
            DetailLine([Span(padded(name, 18), .secondary), Span(value)])
        }
        return AdminDetail(lines: lines)
    }

    private static var head: String {
        "\(padded("id", 4, .right)) \(padded("user", 15)) \(padded("e-mail", 25)) \(padded("roles", 15))act last seen"
    }

    private static func padded(_ text: String, _ width: Int, _ align: TextAlignment = .left) -> String {
        TextWidth.padded(text, to: width, align: align, ellipsis: "~")
    }
}
