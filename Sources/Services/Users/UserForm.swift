import EnergyCore

/// Reads the fields of a changed user.
struct UserForm {
    private var form: FieldForm
    /// Whether the active flag was sent, changed or not.
    private(set) var sendsActive = false
    /// Whether roles were sent, changed or not.
    private(set) var sendsRoles = false

    init(_ fields: JSONObject) {
        form = FieldForm(fields)
    }

    /// The user with the sent fields laid over it. Throws all faults at once.
    mutating func user(_ original: User) throws(FieldErrors) -> User {
        var user = original
        if case .value(let email) = form.text("email") {
            if !EmailAddress.isValid(email) { form.refuse("email", FieldText.email) }
            user.email = email
        }
        if case .value(let name) = form.text("username", longest: 255) {
            if name.isEmpty { form.refuse("username", FieldText.tooShort(1)) }
            user.username = name
        }
        if case .value(let isActive) = form.truth("active") {
            user.isActive = isActive
            sendsActive = true
        }
        if case .value(let zone) = form.text("timezone") {
            if !TimezoneName.isKnown(zone) { form.refuse("timezone", "Timezone \(zone) doesn't exist.") }
            user.timezone = zone
        }
        readRoles(into: &user)
        readMoment("last_login_at")
        readMoment("last_seen_at")
        form.refuseUnknown()
        try form.errors.throwIfAny()
        return user
    }

    private mutating func readRoles(into user: inout User) {
        let sent = form.read("flexmeasures_roles", or: FieldText.list) { $0.arrayValue }
        guard case .value(let items) = sent else { return }
        sendsRoles = true
        user.roles = []
        for (index, item) in items.enumerated() {
            guard let id = FieldForm.integer(item) else {
                form.merge(FieldErrors(["flexmeasures_roles", "\(index)"], FieldText.integer))
                continue
            }
            guard let role = UserRole(id: id) else {
                form.refuse("flexmeasures_roles", "Role with id \(id) doesn't exist.")
                continue
            }
            user.roles.insert(role)
        }
    }

    /// Moments of activity are taken, as clients send whole users back, and left alone.
    private mutating func readMoment(_ field: String) {
        let sent = form.read(field, nullable: true, or: "Not a valid datetime.") { $0.stringValue }
        guard case .value(let text) = sent else { return }
        do throws(DateTimeTextError) {
            _ = try AwareDateTime(parsing: text)
        } catch {
            form.refuse(field, error.message)
        }
    }
}
