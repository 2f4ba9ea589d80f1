import EnergyCore
import Store

/// Reads the fields of a changed account.
struct AccountForm {
    private var form: FieldForm

    /// What was sent for the consultancy; it is judged after the right to change the account.
    private(set) var consultancy: FieldForm.Sent<AccountID> = .missing

    init(_ fields: JSONObject) {
        form = FieldForm(fields)
    }

    /// The account with the sent fields laid over it. Throws all faults at once.
    mutating func account(_ original: Account, requiresName: Bool = false) throws(FieldErrors) -> Account {
        var account = original
        if case .value(let name) = form.text("name", required: requiresName, longest: 100) {
            if name.isEmpty { form.refuse("name", FieldText.tooShort(1)) }
            account.name = name
        }
        readColor("primary_color", into: &account.primaryColor)
        readColor("secondary_color", into: &account.secondaryColor)
        readLogo(into: &account)
        consultancy = form.integer("consultancy_account_id", nullable: true)
        form.refuseUnknown()
        try form.errors.throwIfAny()
        return account
    }

    private mutating func readColor(_ field: String, into color: inout String?) {
        switch form.text(field, nullable: true) {
        case .missing: break
        case .null: color = nil
        case .value(let text):
            color = text
            let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
            let isColor = (digits.count == 3 || digits.count == 6) && digits.allSatisfy(\.isHexDigit)
            if !isColor { form.refuse(field, "#\(digits) is not a valid hex color code.") }
        }
    }

    private mutating func readLogo(into account: inout Account) {
        switch form.text("logo_url", nullable: true) {
        case .missing: break
        case .null: account.logoURL = nil
        case .value(let text):
            account.logoURL = text
            if text.unicodeScalars.count > 255 {
                form.refuse("logo_url", "provided logo-url is too long. Maximum length is 255 characters.")
            } else if !Self.isURL(text) {
                form.refuse("logo_url", "'\(text)' is not a valid URL.")
            }
        }
    }

    private static func isURL(_ text: String) -> Bool {
        guard let scheme = text.firstRange(of: "://") else { return false }
        let rest = text[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return ["http", "https", "ftp"].contains(text[..<scheme.lowerBound].lowercased())
            && !host.isEmpty && !text.contains(where: \.isWhitespace)
            && (host.contains(".") || host.hasPrefix("localhost"))
    }
}
