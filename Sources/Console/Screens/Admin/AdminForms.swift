import EnergyCore
import Services
import TerminalKit

/// Forms of the Admin screen.
@MainActor
enum AdminForms {
    static func newAccount(_ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "name", label: "name"),
            FormField(id: "primary_color", label: "colour", note: "#rrggbb, may be empty"),
        ]
        return FormOverlay(title: "ADD ACCOUNT", fields: fields, button: "Add") { form, overlay in
            let body = filled(form)
            return AssetForms.submit(overlay, inputs, title: "add account") { data in
                let made = try data.services.accounts.create(body, as: data.caller)
                return "added account \(made.id) \(made.name)"
            }
        }
    }

    /// More accounts than this are not gone through one by one: the id is typed.
    private static let mostChoices = 30

    /// - Parameter account: the one that is offered first.
    static func newUser(_ inputs: ScreenInputs, account: AccountID?) -> FormOverlay {
        let accounts = inputs.records?.readableAccounts(inputs.data.caller) ?? []
        // Ids first: names need not differ.
        let names = accounts.map { "\($0.id) \($0.name)" }
        let wanted = account ?? inputs.place.account ?? inputs.data.caller.accountID
        let first = accounts.firstIndex { $0.id == wanted } ?? 0
        var fields = [
            FormField(id: "username", label: "user name"), FormField(id: "email", label: "e-mail"),
            FormField(
                id: "account_id", label: "account", value: names[safe: first] ?? "",
                kind: names.count > mostChoices ? .text : .choice(names)),
        ]
        // Only the operator on the machine knows passwords and hands out roles; others have the user asked by mail.
        let isHost = inputs.data.caller.isHost
        if isHost {
            fields += [
                FormField(id: "password", label: "password", kind: .secret, note: "at least 8 characters"),
                FormField(id: "timezone", label: "time zone", value: inputs.zone.name),
            ]
            fields += roleFields([])
        }
        let intro = isHost ? [] : ["a mail asks the user for a password; m gives roles afterwards"]
        return FormOverlay(title: "ADD USER", fields: fields, intro: intro, button: "Add") { form, overlay in
            let (name, email) = (form.value("username").trimmed, form.value("email").trimmed)
            let account = form.value("account_id").split(separator: " ").first.flatMap { Int($0) }
            let (password, zone) = (form.value("password"), form.value("timezone").trimmed)
            let roles = roles(form)
            return AssetForms.submit(overlay, inputs, title: "add user") { data in
                guard let account else { throw FieldErrors("account_id", "which account?") }
                guard isHost else {
                    let made = try data.services.users.create(
                        ["username": .string(name), "email": .string(email), "account_id": .int(account)],
                        as: data.caller)
                    return "added user \(made.id) \(made.username)"
                }
                var draft = User(id: 0, username: name, email: email, accountID: account)
                draft.timezone = zone
                draft.roles = roles
                let made = try data.services.users.create(
                    draft, password: password.isEmpty ? nil : password, as: data.caller)
                return "added user \(made.id) \(made.username)"
            }
        }
    }

    private static func filled(_ form: FormState) -> JSONObject {
        JSONObject(
            form.fields.compactMap { field in
                let text = field.value.trimmed
                return text.isEmpty ? nil : (field.id, .string(text))
            })
    }

    static func modify(_ subject: Subject?, _ inputs: ScreenInputs) -> FormOverlay? {
        guard let records = inputs.records else { return nil }
        switch subject {
        case .account(let id): return records.accounts[id].map { modifyAccount($0, inputs) }
        case .user(let id): return records.users[id].map { modifyUser($0, inputs) }
        default: return nil
        }
    }

    private static func modifyAccount(_ account: Account, _ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "name", label: "name", value: account.name),
            FormField(id: "primary_color", label: "colour", value: account.primaryColor ?? ""),
            FormField(id: "secondary_color", label: "second colour", value: account.secondaryColor ?? ""),
            FormField(id: "logo_url", label: "logo", value: account.logoURL ?? ""),
        ]
        return FormOverlay(title: "MODIFY \(account.name)", fields: fields, button: "Save") { form, overlay in
            let changed = JSONObject(
                form.fields.filter(\.isChanged).map { ($0.id, $0.value.isEmpty ? .null : .string($0.value.trimmed)) })
            guard !changed.isEmpty else { return [.closeOverlay, .message("nothing was changed")] }
            return AssetForms.submit(overlay, inputs, title: "save") { data in
                _ = try data.services.accounts.update(account.id, changed, as: data.caller)
                return "changed \(account.name)"
            }
        }
    }

    private static func modifyUser(_ user: User, _ inputs: ScreenInputs) -> FormOverlay {
        let fields =
            [
                FormField(id: "username", label: "user name", value: user.username),
                FormField(id: "timezone", label: "time zone", value: user.timezone),
                FormField(id: "active", label: "active", value: user.isActive ? "true" : "false", kind: .toggle),
            ]
            + roleFields(user.roles)
        return FormOverlay(title: "MODIFY \(user.username)", fields: fields, button: "Save") { form, overlay in
            var changed = JSONObject()
            for field in form.fields where field.isChanged && !field.id.hasPrefix("role ") {
                changed[field.id] = field.id == "active" ? .bool(field.isOn) : .string(field.value.trimmed)
            }
            if form.fields.contains(where: { $0.id.hasPrefix("role ") && $0.isChanged }) {
                let ids = UserRole.allCases.filter(roles(form).contains).map { JSONValue.int(Int64($0.id)) }
                changed["flexmeasures_roles"] = .array(ids)
            }
            guard !changed.isEmpty else { return [.closeOverlay, .message("nothing was changed")] }
            return AssetForms.submit(overlay, inputs, title: "save") { [changed] data in
                _ = try data.services.users.update(user.id, changed, as: data.caller)
                return "changed \(user.username)"
            }
        }
    }

    private static func roleFields(_ held: Set<UserRole>) -> [FormField] {
        UserRole.allCases.map {
            FormField(
                id: "role \($0.rawValue)", label: $0.rawValue, value: held.contains($0) ? "true" : "false",
                kind: .toggle, section: $0 == UserRole.allCases.first ? "ROLES" : nil)
        }
    }

    private static func roles(_ form: FormState) -> Set<UserRole> {
        Set(UserRole.allCases.filter { role in form.fields.contains { $0.id == "role \(role.rawValue)" && $0.isOn } })
    }

    /// Asks before a token is made useless.
    static func revoke(_ token: (id: String, user: String)) -> [Intent] {
        let lines = [
            "The token \(token.id) of \(token.user) will be refused from now on.", "",
            "This cannot be undone; T makes a new one.",
        ]
        return [
            .overlay(
                ConfirmOverlay(title: "REVOKE TOKEN", lines: lines, word: "Revoke") {
                    [
                        .work(
                            title: "revoke",
                            Work { data in
                                try data.services.access.revokeToken(token.id, as: data.caller)
                                return "revoked the token of \(token.user)"
                            })
                    ]
                })
        ]
    }

    static func delete(_ subject: Subject?, _ inputs: ScreenInputs) -> [Intent] {
        guard let records = inputs.records else { return [] }
        switch subject {
        case .account(let id):
            guard let account = records.accounts[id] else { return [] }
            let counts =
                "   \(records.users(of: id).count) users   \(records.assets(of: id).count) assets with all their data"
            return [
                .overlay(
                    ConfirmOverlay(
                        title: "DELETE ACCOUNT",
                        lines: [
                            "\(account.name) and all it owns will be deleted:", counts, "", "This cannot be undone.",
                        ],
                        word: "Delete", name: account.name
                    ) {
                        [
                            .work(
                                title: "delete",
                                Work { data in
                                    try data.services.accounts.delete(id, as: data.caller)
                                    return "deleted account \(account.name)"
                                })
                        ]
                    })
            ]
        case .user(let id):
            guard let user = records.users[id] else { return [] }
            return [
                .overlay(
                    ConfirmOverlay(
                        title: "DELETE USER",
                        lines: [
                            "\(user.username) will be deleted; the data they recorded stay.", "",
                            "This cannot be undone.",
                        ],
                        word: "Delete", name: user.username
                    ) {
                        [
                            .work(
                                title: "delete",
                                Work { data in
                                    try data.services.users.delete(id, as: data.caller)
                                    return "deleted user \(user.username)"
                                })
                        ]
                    })
            ]
        default: return []
        }
    }

    /// Signs a user in and shows the token once.
    static func token(_ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "email", label: "e-mail"), FormField(id: "password", label: "password", kind: .secret),
        ]
        let intro = ["A token lets programs work with the rights of its user until it expires."]
        return FormOverlay(title: "NEW TOKEN", fields: fields, intro: intro, button: "Make") { form, overlay in
            let (email, password) = (form.value("email").trimmed, form.value("password"))
            return AssetForms.submit(overlay, inputs, title: "token") { data in
                "token (shown once): " + (try data.services.access.signIn(email: email, password: password).token)
            }
        }
    }
}
