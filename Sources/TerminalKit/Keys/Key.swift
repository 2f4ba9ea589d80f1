/// A key press as the console understands it.
package struct Key: Hashable, Sendable {
    /// Which key.
    package enum Code: Hashable, Sendable {
        case character(Character)
        case enter, escape, tab, backspace, delete, insert
        case up, down, left, right, home, end, pageUp, pageDown
        case function(Int)
    }

    package var code: Code
    package var control = false
    package var alt = false
    package var shift = false

    package init(_ code: Code, control: Bool = false, alt: Bool = false, shift: Bool = false) {
        self.code = code
        self.control = control
        self.alt = alt
        self.shift = shift
    }

    package static func character(_ character: Character) -> Key { Key(.character(character)) }
    package static func control(_ character: Character) -> Key { Key(.character(character), control: true) }
    package static let enter = Key(.enter)
    package static let escape = Key(.escape)
    package static let tab = Key(.tab)
    package static let backTab = Key(.tab, shift: true)
    package static let space = Key(.character(" "))

    /// Whether it is one of F1 to F12: no text, whatever has the focus.
    package var isFunction: Bool {
        if case .function = code { true } else { false }
    }

    /// The text a key types, if it types any.
    package var typed: Character? {
        if case .character(let character) = code, !control, !alt { character } else { nil }
    }

    /// The key for a character that a terminal in raw mode sends, control characters included.
    package init(scalar: Unicode.Scalar, alt: Bool = false) {
        switch scalar.value {
        case 0: self.init(.character(" "), control: true, alt: alt)
        case 8, 127: self.init(.backspace, alt: alt)
        case 9: self.init(.tab, alt: alt)
        case 10, 13: self.init(.enter, alt: alt)
        case 27: self.init(.escape, alt: alt)
        case 1...26:
            let letter = Unicode.Scalar(UInt8(scalar.value + 96))
            self.init(.character(Character(letter)), control: true, alt: alt)
        case 28...31:
            let sign = Unicode.Scalar(UInt8(scalar.value + 64))
            self.init(.character(Character(sign)), control: true, alt: alt)
        default: self.init(.character(Character(scalar)), alt: alt)
        }
    }
}
