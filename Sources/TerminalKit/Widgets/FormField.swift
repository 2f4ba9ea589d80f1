/// How a field of a form is filled.
package enum FormFieldKind: Hashable, Sendable {
    case text
    case secret
    /// On or off.
    case toggle
    /// One of several texts.
    case choice([String])
    /// Something that is only shown.
    case fixed
}

/// A field of a form: label left, value, note right, error under it.
package struct FormField: Hashable, Sendable {
    package var id: String
    package var label: String
    package var kind: FormFieldKind
    package var editor: TextFieldState
    package var isOn: Bool
    /// Where the value comes from, or what it means.
    package var note: String
    package var error: String?
    /// A heading before this field starts a new section.
    package var section: String?
    /// The value at the start, to tell what was changed.
    package private(set) var original: String

    package init(
        id: String, label: String, value: String = "", kind: FormFieldKind = .text, note: String = "",
        section: String? = nil
    ) {
        self.id = id
        self.label = label
        self.kind = kind
        self.note = note
        self.section = section
        editor = TextFieldState(value)
        isOn = value == "true"
        original = value
    }

    /// The value as text; `true` or `false` for a toggle.
    package var value: String {
        get { kind == .toggle ? (isOn ? "true" : "false") : editor.text }
        set {
            editor.set(newValue)
            isOn = newValue == "true"
        }
    }

    /// Takes the present value as the one to compare with.
    package mutating func accept() { original = value }

    package var isChanged: Bool {
        kind == .toggle ? isOn != (original == "true") : value != original
    }

    /// Whether single letters are text here.
    package var takesText: Bool { kind == .text || kind == .secret }

    /// Takes a key; false when it means nothing here.
    package mutating func handle(_ key: Key) -> Bool {
        switch kind {
        case .text, .secret:
            guard editor.handle(key) else { return false }
        case .toggle:
            guard key == .space || key == Key(.left) || key == Key(.right) else { return false }
            isOn.toggle()
        case .choice(let options):
            guard !options.isEmpty else { return false }
            let index = options.firstIndex(of: editor.text) ?? 0
            let next: Int
            switch key {
            case .space, Key(.right), .character("l"): next = index + 1
            case Key(.left), .character("h"): next = index - 1 + options.count
            default:
                // A letter goes to the next option that begins with it.
                let order = (1...options.count).map { (index + $0) % options.count }
                guard let letter = key.typed, let found = order.first(where: { options[$0].first == letter }) else {
                    return false
                }
                next = found
            }
            editor.set(options[next % options.count])
        case .fixed:
            return false
        }
        error = nil
        return true
    }
}
