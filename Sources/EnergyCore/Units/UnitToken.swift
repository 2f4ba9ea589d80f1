/// The smallest parts of a unit text.
enum UnitToken: Hashable {
    case number(Ratio)
    case name(String)
    case symbol(Symbol)

    enum Symbol: Hashable {
        case times, divide, power, plus, minus, open, close
    }

    /// Cuts a text into tokens; nil if it holds a character that means nothing here.
    static func tokens(of text: String) -> [UnitToken]? {
        // Thousands separators are dropped; "per" divides like a slash.
        var reader = Reader(characters: Array(text.unicodeScalars.filter { $0 != "," }))
        while reader.isBusy {
            guard reader.step() else { return nil }
        }
        return reader.tokens
    }

    private struct Reader {
        let characters: [Unicode.Scalar]
        var position = 0
        var tokens: [UnitToken] = []

        init(characters: [Unicode.Scalar]) {
            self.characters = characters
        }

        var isBusy: Bool { position < characters.count }

        func peek(_ offset: Int = 0) -> Unicode.Scalar? {
            position + offset < characters.count ? characters[position + offset] : nil
        }

        mutating func step() -> Bool {
            let character = characters[position]
            if character.properties.isWhitespace || character == "." && !isDigitScalar(peek(1)) {
                position += 1
                return true
            }
            if isDigitScalar(character) || character == "." { return number() }
            if let exponent = UnitToken.superscripts[character] { return superscript(first: exponent) }
            if let symbol = symbol(character) {
                tokens.append(.symbol(symbol))
                return true
            }
            if character == "%" || character == "‰" {
                position += 1
                tokens.append(.name(character == "%" ? "percent" : "permille"))
                return true
            }
            return name()
        }

        private mutating func symbol(_ character: Unicode.Scalar) -> Symbol? {
            position += 1
            switch character {
            case "*":
                if peek() == "*" {
                    position += 1
                    return .power
                }
                return .times
            case "·", "⋅", "×": return .times
            case "/":
                // A double slash would be a division without remainder, which no unit wants.
                if peek() == "/" {
                    position -= 1
                    return nil
                }
                return .divide
            case "^": return .power
            case "+": return .plus
            case "-": return .minus
            case "(": return .open
            case ")": return .close
            default:
                position -= 1
                return nil
            }
        }

        private mutating func number() -> Bool {
            let start = position
            takeDigits()
            if peek() == "." {
                position += 1
                takeDigits()
            }
            if peek() == "e" || peek() == "E" {
                let isSigned = peek(1) == "+" || peek(1) == "-"
                if isDigitScalar(peek(isSigned ? 2 : 1)) {
                    position += isSigned ? 2 : 1
                    takeDigits()
                }
            }
            var text = String(String.UnicodeScalarView(characters[start..<position].filter { $0 != "_" }))
            if text.hasSuffix(".") { text += "0" }
            guard let value = Ratio(parsing: text) else { return false }
            tokens.append(.number(value))
            return true
        }

        private mutating func takeDigits() {
            while isDigitScalar(peek()) || (peek() == "_" && isDigitScalar(peek(1))) { position += 1 }
        }

        /// `m³`, `s⁻²`: a power of what stands before.
        private mutating func superscript(first: Character) -> Bool {
            var digits = String(first)
            position += 1
            while let character = peek(), let digit = UnitToken.superscripts[character] {
                digits.append(digit)
                position += 1
            }
            guard !tokens.isEmpty, let value = Double(digits) else { return false }
            tokens.append(.symbol(.power))
            tokens.append(.number(Ratio(value)))
            return true
        }

        private mutating func name() -> Bool {
            let start = position
            while let character = peek(), UnitToken.isPartOfName(character, first: position == start) { position += 1 }
            guard position > start else { return false }
            let name = String(String.UnicodeScalarView(characters[start..<position]))
            if name == "per" {
                let isBetweenBlanks =
                    start > 0 && characters[start - 1].properties.isWhitespace
                    && (peek()?.properties.isWhitespace ?? false)
                guard isBetweenBlanks else { return false }
                tokens.append(.symbol(.divide))
            } else {
                // The sign is short for the word: `°C` is `degreeC`, and `°` alone is an angle.
                tokens.append(.name(name.contains("°") ? name.replacing("°", with: "degree") : name))
            }
            return true
        }
    }

    private static func isPartOfName(_ character: Unicode.Scalar, first: Bool) -> Bool {
        if character == "_" || character == "°" { return true }
        if superscripts[character] != nil { return false }
        // Ordinal signs look like the degree sign, but are letters of Spanish; no unit has them.
        if character == "º" || character == "ª" { return false }
        return character.properties.isAlphabetic || (!first && isDigitScalar(character))
    }

    private static let superscripts: [Unicode.Scalar: Character] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "-",
    ]
}

private func isDigitScalar(_ character: Unicode.Scalar?) -> Bool {
    guard let character else { return false }
    return (48...57).contains(character.value)
}
