import EnergyCore
import Store

/// Reads the fields of a new or changed asset and checks them against what is stored.
struct AssetForm {
    let records: Directory
    let caller: Caller
    /// The asset that is changed; nil: a new one.
    let original: Asset?
    private var form: FieldForm

    private static let longestName = 80

    init(_ fields: JSONObject, original: Asset?, records: Directory, caller: Caller) {
        self.records = records
        self.caller = caller
        self.original = original
        form = FieldForm(fields)
    }

    /// The asset that the fields describe. Throws all faults at once.
    mutating func asset(in transaction: ReadTransaction) throws -> Asset {
        var asset = original ?? Asset(id: 0, name: "", accountID: nil, type: AssetType(id: 0, name: ""))
        readName(into: &asset)
        readType(into: &asset)
        try readAccount(into: &asset)
        try readParent(into: &asset)
        readPlace(into: &asset)
        readExternalID(into: &asset)
        readObjects(into: &asset)
        form.refuseUnknown()
        try checkName(of: asset, in: transaction)
        try checkExternalID(of: asset, in: transaction)
        try form.errors.throwIfAny()
        return asset
    }

    private mutating func readName(into asset: inout Asset) {
        guard case .value(let name) = form.text("name", required: original == nil, longest: Self.longestName) else {
            return
        }
        if name.isEmpty { form.refuse("name", FieldText.tooShort(1)) }
        asset.name = name
    }

    private mutating func readType(into asset: inout Asset) {
        guard case .value(let id) = form.integer("generic_asset_type_id", required: original == nil) else { return }
        guard let type = records.assetTypes[id] else {
            return form.refuse("generic_asset_type_id", NotFound(.assetType, id).message)
        }
        asset.type = type
    }

    /// A new asset without an account belongs to the caller's; only admins make public ones.
    private mutating func readAccount(into asset: inout Asset) throws {
        switch form.integer("account_id", nullable: true) {
        case .missing:
            guard original == nil, form.errors.tree["account_id"] == nil, !caller.isAdmin else { return }
            asset.accountID = caller.accountID
            guard let scope = records.scope(of: caller.accountID) else { throw AccessError.forbidden }
            try AccessPolicy.require(.createChildren, on: .account(scope), for: caller)
        case .null:
            guard caller.isAdmin || (original != nil && asset.accountID == nil) else {
                return form.refuse("account_id", "Account with Id None doesn't exist.")
            }
            asset.accountID = nil
        case .value(let id):
            if let original, original.accountID == id { return }
            guard let account = records.accounts[id] else {
                return form.refuse("account_id", "Account with Id \(id) doesn't exist.")
            }
            guard AccessPolicy.allows(caller, to: .createChildren, .account(AccountScope(account))) else {
                return form.refuse("account_id", "User is not allowed to create assets for this account.")
            }
            asset.accountID = id
        }
    }

    private mutating func readParent(into asset: inout Asset) throws {
        switch form.integer("parent_asset_id", nullable: true) {
        case .missing: break
        case .null: asset.parentID = nil
        case .value(let id):
            asset.parentID = id
            guard let parent = records.asset(id) else {
                return form.refuse("parent_asset_id", "Parent GenericAsset with id \(id) doesn't exist.")
            }
            if let original, records.tree(from: original.id).contains(where: { $0.id == id }) {
                return form.refuse("parent_asset_id", "An asset cannot be its own parent.")
            }
            if original?.parentID == id { break }
            guard form.errors.tree["account_id"] == nil else { return }
            if original == nil, !AccessPolicy.allows(caller, to: .createChildren, records.resource(parent)) {
                throw AccessError.forbidden
            }
            if parent.accountID != asset.accountID { refuseForeignParent() }
        }
        // A new owner must own the parent as well.
        if let original, original.accountID != asset.accountID, let parent = asset.parentID.flatMap(records.asset),
            parent.accountID != asset.accountID, form.errors.tree["parent_asset_id"] == nil
        {
            refuseForeignParent()
        }
    }

    private mutating func refuseForeignParent() {
        form.refuse("parent_asset_id", "Parent asset must belong to the same account as the child asset.")
    }

    private mutating func readPlace(into asset: inout Asset) {
        readCoordinate("latitude", "Latitude", limit: 90, into: &asset.latitude)
        readCoordinate("longitude", "Longitude", limit: 180, into: &asset.longitude)
    }

    private mutating func readCoordinate(_ field: String, _ word: String, limit: Double, into place: inout Double?) {
        switch form.number(field, nullable: true) {
        case .missing: break
        case .null: place = nil
        case .value(let degrees):
            place = degrees
            if Self.decimals(of: degrees) > 7 {
                form.refuse(field, "Latitudes and longitudes are limited to 7 decimal places.")
            }
            guard abs(degrees) > limit else { return }
            let (side, bound) = degrees > 0 ? ("maximum", "") : ("minimum", "-")
            let extreme = "\(side) \(word.lowercased()) of \(bound)\(Int(limit)) degrees."
            form.refuse(field, "\(word) \(NumberText.text(degrees)) exceeds the \(extreme)")
        }
    }

    private static func decimals(of number: Double) -> Int {
        let text = NumberText.text(number)
        let parts = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
        let mantissa = parts.first?.split(separator: ".").dropFirst().first ?? ""
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return max(0, (mantissa == "0" ? 0 : mantissa.count) - exponent)
    }

    private mutating func readExternalID(into asset: inout Asset) {
        switch form.text("external_id", nullable: true, longest: Self.longestName) {
        case .missing: break
        case .null: asset.externalID = nil
        case .value(let id): asset.externalID = id.allSatisfy(\.isWhitespace) ? nil : id
        }
    }

    private mutating func readObjects(into asset: inout Asset) {
        if case .value(let attributes) = form.jsonObject("attributes") { asset.attributes = attributes }
        let rules = StoredFieldRules(records: records)
        if case .value(let fields) = form.jsonObject("flex_context") {
            asset.flexContext = fields
            form.merge(rules.faults(ofFlexContext: fields, isNewAsset: original == nil))
        }
        if case .value(let model) = form.json("flex_model") {
            asset.flexModel = model
            form.merge(rules.faults(ofFlexModel: model))
        }
        if case .value(let entries) = form.json("sensors_to_show") {
            asset.sensorsToShow = entries
            form.merge(rules.faults(ofSensorsToShow: entries))
        }
        if case .value(let entries) = form.json("sensors_to_show_as_kpis") {
            asset.sensorsToShowAsKPIs = entries
            form.merge(rules.faults(ofKPIs: entries))
        }
    }

    private mutating func checkName(of asset: Asset, in transaction: ReadTransaction) throws {
        let isMoved = original.map { $0.name != asset.name || $0.parentID != asset.parentID } ?? true
        guard isMoved, form.errors.tree["name"] == nil, form.errors.tree["parent_asset_id"] == nil, !asset.name.isEmpty
        else { return }
        guard let other = try transaction.asset(named: asset.name, under: asset.parentID), other.id != asset.id else {
            return
        }
        let parent = asset.parentID.map { "\($0)" } ?? "None"
        form.refuse("name", "An asset with the name '\(asset.name)' already exists under parent asset \(parent)")
    }

    private mutating func checkExternalID(of asset: Asset, in transaction: ReadTransaction) throws {
        guard let id = asset.externalID, form.errors.tree["account_id"] == nil,
            original?.externalID != id || original?.accountID != asset.accountID,
            let other = try transaction.asset(externalID: id, of: asset.accountID), other.id != asset.id
        else { return }
        form.refuse("external_id", "An asset with the external ID '\(id)' already exists in this account.")
    }
}
