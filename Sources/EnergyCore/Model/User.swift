package typealias UserID = Int

/// The four roles that carry permissions. Their raw values are the names on the wire.
package enum UserRole: String, CaseIterable, Hashable, Sendable {
    case admin
    case adminReader = "admin-reader"
    case accountAdmin = "account-admin"
    case consultant
}

/// A person or device that signs in.
package struct User: Hashable, Sendable {
    package var id: UserID
    package var username: String
    package var email: String
    package var accountID: AccountID
    package var roles: Set<UserRole> = []
    package var isActive = true
    /// IANA name
    package var timezone = "UTC"
    /// Changing it revokes every token of the user.
    package var uniquifier = ""
    package var lastSeen: Instant?
    package var lastLogin: Instant?
    package var loginCount = 0

    package init(id: UserID, username: String, email: String, accountID: AccountID) {
        self.id = id
        self.username = username
        self.email = email
        self.accountID = accountID
    }
}
