/// A record that was asked for by its id does not exist.
package struct NotFound: Error, Hashable, Sendable {
    /// What kind of record was looked for.
    package enum Kind: String, Hashable, Sendable {
        case account, accountRole, user, asset, assetType, sensor, source, job, annotation, alarm
    }

    package let kind: Kind
    /// The id as it was asked for.
    package let id: String

    package init(_ kind: Kind, _ id: Int) {
        self.init(kind, id: String(id))
    }

    package init(_ kind: Kind, id: String) {
        self.kind = kind
        self.id = id
    }

    /// The sentence clients know for this kind of record.
    package var message: String {
        switch kind {
        case .account: "Account \(id) not found"
        case .accountRole: "Account role \(id) not found"
        case .user: "User \(id) not found"
        case .asset: "No asset found with ID \(id)."
        case .assetType: "GenericAssetType with id \(id) doesn't exist."
        case .sensor: "No sensor found with ID \(id)."
        case .source: "No data source found with id \(id)."
        case .job: "Job \(id) not found."
        case .alarm: "There is no alarm \(id)."
        case .annotation: "Annotation \(id) not found"
        }
    }
}
