import EnergyCore
import Services

extension ConsoleData {
    /// Series for charts.
    package var series: SeriesService { SeriesService(context: services.context) }

    /// Accounts, assets and sensors in memory.
    package func records() throws -> Directory { try services.context.records() }

    /// Whether the user may read an asset.
    package func canRead(_ asset: Asset, _ records: Directory) -> Bool {
        AccessPolicy.allows(caller, to: .read, records.resource(asset))
    }

    /// Whether the user may read a sensor.
    package func canRead(_ sensor: Sensor, _ records: Directory) -> Bool {
        AccessPolicy.allows(caller, to: .read, records.resource(sensor))
    }

    /// The top-level assets of the accounts that the user may read, or of one of them, public ones left out.
    package func sites(account: AccountID?, _ records: Directory) -> [Asset] {
        records.children(of: nil).filter { isSite($0, account: account, records) }
    }

    /// Whether an asset is one of the same, or below one.
    func isInSite(_ asset: Asset, account: AccountID?, _ records: Directory) -> Bool {
        isSite(records.ancestors(of: asset.id).last ?? asset, account: account, records)
    }

    private func isSite(_ top: Asset, account: AccountID?, _ records: Directory) -> Bool {
        top.accountID != nil && (account == nil || top.accountID == account) && canRead(top, records)
    }

    /// The zone of an asset: that of its first sensor, or of one below it.
    package func zoneName(of asset: AssetID, _ records: Directory) -> String? {
        for place in records.tree(from: asset) {
            if let sensor = records.sensors(of: place.id).first { return sensor.timezone }
        }
        return nil
    }
}
