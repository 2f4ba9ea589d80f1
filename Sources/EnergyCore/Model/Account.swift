package typealias AccountID = Int
package typealias AccountRoleID = Int

/// A free label of accounts (Prosumer, Supplier ...); it carries no permission.
package struct AccountRole: Hashable, Sendable {
    package var id: AccountRoleID
    package var name: String
    package var description: String

    package init(id: AccountRoleID, name: String, description: String = "") {
        self.id = id
        self.name = name
        self.description = description
    }
}

/// An organisation that owns assets and has users.
package struct Account: Hashable, Sendable {
    package var id: AccountID
    package var name: String
    package var roles: [AccountRole] = []
    /// The account whose consultants may act for this one.
    package var consultancyID: AccountID?
    /// `#rrggbb`
    package var primaryColor: String?
    /// `#rrggbb`
    package var secondaryColor: String?
    package var logoURL: String?

    package init(id: AccountID, name: String) {
        self.id = id
        self.name = name
    }
}
