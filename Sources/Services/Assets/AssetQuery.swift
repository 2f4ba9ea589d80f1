import EnergyCore

/// What assets can be sorted by. Raw values are the words of the API.
package enum AssetSort: String, CaseIterable, Sendable {
    case id, name
    /// By the id of the account; public assets last.
    case owner
}

/// Which assets a list is to hold.
package struct AssetQuery: Sendable {
    /// Those of one account; nil: the caller's own.
    package var accountID: AccountID?
    /// Those of all accounts that the caller may read, and public ones.
    package var allAccessible = false
    package var includesPublic = false
    /// Only this asset and its descendants, of all that the caller may read.
    package var root: AssetID?
    /// Only so many levels below the root, or below top-level assets.
    package var depth: Int?
    package var filter = FilterTerms.none
    package var order: SortOrder<AssetSort>?

    package init() {}
}

/// An asset with what hangs on it.
package struct AssetDetails: Hashable, Sendable {
    package var asset: Asset
    /// nil: a public asset
    package var owner: Account?
    /// One level deep.
    package var children: [Asset]
    /// Its own, not those of its children.
    package var sensors: [Sensor]
}
