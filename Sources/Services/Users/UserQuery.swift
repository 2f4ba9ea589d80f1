import EnergyCore

/// What users can be sorted by. Raw values are the words of the API.
package enum UserSort: String, CaseIterable, Sendable {
    case username, email, lastLogin, lastSeen
}

/// Which users a list is to hold.
package struct UserQuery: Sendable {
    /// Those of one account; nil: of all accounts that the caller may read.
    package var accountID: AccountID?
    package var includesInactive = false
    package var filter = FilterTerms.none
    package var order: SortOrder<UserSort>?

    package init() {}
}

extension UserRole {
    /// The number of the role on the wire.
    package var id: Int {
        switch self {
        case .admin: 1
        case .adminReader: 2
        case .accountAdmin: 3
        case .consultant: 4
        }
    }

    /// The role with that number on the wire.
    package init?(id: Int) {
        guard let role = Self.allCases.first(where: { $0.id == id }) else { return nil }
        self = role
    }

    /// What the role allows, in a few words.
    package var explanation: String {
        switch self {
        case .admin: "May do everything"
        case .adminReader: "May read everything"
        case .accountAdmin: "May manage the own account"
        case .consultant: "May act for client accounts"
        }
    }
}
