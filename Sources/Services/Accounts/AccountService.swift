import EnergyCore
import Store

/// What accounts can be sorted by. Raw values are the words of the API.
package enum AccountSort: String, CaseIterable, Sendable {
    case id, name
    /// By the number of assets.
    case assets
    /// By the number of users.
    case users
}

/// An account and how much hangs on it.
package struct AccountWithCounts: Hashable, Sendable {
    package var account: Account
    package var counts: AccountCounts
}

/// Accounts and their roles: finding, making, changing and deleting them.
package struct AccountService: Sendable {
    let context: ServiceContext

    /// An account that the caller may read.
    package func account(_ id: AccountID, as caller: Caller) throws -> Account {
        try context.account(id, for: .read, caller)
    }

    /// The accounts that the caller may read. Both numbers of the listing count after the filter, as clients know it.
    package func accounts(
        filter: FilterTerms, order: SortOrder<AccountSort>?, role: String? = nil, as caller: Caller
    ) throws -> Listing<AccountWithCounts> {
        let records = try context.records()
        let words = filter.firstSplit
        let matching = records.readableAccounts(caller)
            .filter { words.anyIn([$0.name]) }
            .filter { account in role == nil || account.roles.contains { $0.name == role } }
            .map { AccountWithCounts(account: $0, counts: counts(of: $0.id, records)) }
        return Listing(sorted(matching, order), total: matching.count)
    }

    /// All account roles, by id. For every user.
    package func roles() throws -> [AccountRole] {
        try context.records().accountRoles
    }

    private func counts(of account: AccountID, _ records: Directory) -> AccountCounts {
        var counts = AccountCounts()
        counts.assets = records.assetIDs(of: [account]).count
        counts.users = records.userCounts[account] ?? 0
        return counts
    }

    private func sorted(
        _ accounts: [AccountWithCounts], _ order: SortOrder<AccountSort>?
    ) -> [AccountWithCounts] {
        guard let order else { return accounts }
        switch order.key {
        case .id: return accounts.sorted(descending: order.descending) { $0.account.id }
        case .name: return accounts.sorted(descending: order.descending) { $0.account.name }
        case .assets: return accounts.sorted(descending: order.descending) { $0.counts.assets }
        case .users: return accounts.sorted(descending: order.descending) { $0.counts.users }
        }
    }
}
