import Store

/// Refusals of a whole request that are bound to no field.
package enum RequestError: Error, Hashable, Sendable {
    /// A page beyond the last one.
    case pageBeyondEnd
    /// The consultancy of an account may be changed by admins only.
    case consultancyNotAllowed
    /// The consultancy named for an account does not exist or is the account itself.
    case invalidConsultancy
    /// A user name or address is taken; `detail` says which.
    case duplicateUser(detail: String)
    /// Both an account and an asset that is not of that account were given.
    case accountOrAsset
    /// A body without any field where at least one is needed.
    case noFields
    /// The store was opened for reading only.
    case readOnly
    /// The store cannot take a change now: the disk is full, or it has become read-only.
    case unavailable(StoreError)
    /// Other changes keep the store for too long; worth another try in a moment.
    case busy(StoreError)

    /// The sentence clients know.
    package var message: String {
        switch self {
        case .pageBeyondEnd: "There are fewer pages."
        case .consultancyNotAllowed: "You are not allowed to update consultancy_account_id"
        case .invalidConsultancy: "Invalid consultancy_account_id"
        case .duplicateUser: "Duplicate user already exists"
        case .accountOrAsset: "Please provide either an account or an asset ID, not both"
        case .noFields: "No JSON data provided."
        case .readOnly: "This store is open for reading only."
        case .unavailable(let error), .busy(let error): StoreTrouble.sentences(for: error)
        }
    }
}
