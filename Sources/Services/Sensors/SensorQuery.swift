import EnergyCore

/// Which sensors a list is to hold.
package struct SensorQuery: Sendable {
    /// Those of one account; nil: the caller's own, unless an asset is given.
    package var accountID: AccountID?
    /// Those of an asset and its descendants.
    package var assetID: AssetID?
    /// For consultants: also those of the accounts that the selected account advises.
    package var includesClients = false
    package var includesPublic = false
    /// Only those with exactly this unit.
    package var unit: String?
    package var filter = FilterTerms.none

    package init() {}
}

/// What the sensors of an asset can be sorted by. Raw values are the words of the API.
package enum SensorSort: String, CaseIterable, Sendable {
    case id, name, resolution
}
