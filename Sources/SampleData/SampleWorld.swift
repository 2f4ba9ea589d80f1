import EnergyCore

/// The sample as it is shipped: one world file that refers to columns of the tables, and the tables.
package struct SampleWorld: Sendable {
    package let world: JSONValue
    package let tables: [SampleTable]

    /// Generates it; the result is the same on every machine.
    package init() {
        let plant = SamplePlant()
        var series = SampleSeries(plant: plant)
        series.addAll()
        tables = series.tables
        world = .object([
            "format": "contract-world/1",
            "server": ["timezone": .string(SampleTimeline.zone)],
            "account_roles": SampleParties.accountRoles,
            "user_roles": SampleParties.userRoles,
            "accounts": SampleParties.accounts,
            "users": SampleParties.users,
            "asset_types": SampleSites.assetTypes,
            "assets": .array(SampleSites.assets),
            "sources": SampleParties.sources,
            "series": .array(series.entries),
        ])
    }
}
