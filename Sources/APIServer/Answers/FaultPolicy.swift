import APIContract
import Services

/// How an operation reports what a service refused: the contract differs from endpoint to endpoint.
struct FaultPolicy: Sendable {
    /// How a missing record is reported.
    enum Missing: Sendable {
        /// 404 with the sentence.
        case plain
        /// 404 with another sentence about the id.
        case text(@Sendable (String) -> String)
        /// 422 under a field of a place of the request.
        case field(String, String)
    }

    /// Under which place of the request faults of fields are listed.
    var location = Location.json
    var missingAsset = Missing.plain
    var missingSensor = Missing.field(Location.path, "id")

    func missing(_ kind: NotFound.Kind) -> Missing {
        switch kind {
        case .asset: missingAsset
        case .sensor: missingSensor
        case .account, .user, .job, .accountRole, .assetType, .source, .annotation, .alarm: .plain
        }
    }
}
