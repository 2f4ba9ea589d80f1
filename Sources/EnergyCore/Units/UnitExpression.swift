/// Reads unit expressions: names and numbers joined by `*`, `/`, blanks, powers and parentheses.
///
/// Multiplication by a blank and division bind equally, from left to right: `kWh/15 min` is `(kWh/15)*min`.
struct UnitExpression {
    private let tokens: [UnitToken]
    private var position = 0
    private var depth = 0

    static func read(_ text: String) throws(UnitError) -> Unit {
        guard text.utf8.count <= 256, let tokens = UnitToken.tokens(of: text), !tokens.isEmpty else {
            throw .unknown(text)
        }
        var expression = UnitExpression(tokens: tokens)
        guard let term = expression.sum(), expression.position == tokens.count else { throw .unknown(text) }
        return Unit(text: text, term: term)
    }

    private init(tokens: [UnitToken]) {
        self.tokens = tokens
    }

    private var current: UnitToken? { position < tokens.count ? tokens[position] : nil }

    private mutating func skip(_ symbol: UnitToken.Symbol) -> Bool {
        guard case .symbol(symbol) = current else { return false }
        position += 1
        return true
    }

    private mutating func sum() -> UnitTerm? {
        guard var total = product() else { return nil }
        while true {
            let sign: Double
            if skip(.plus) { sign = 1 } else if skip(.minus) { sign = -1 } else { return total }
            guard let next = product(), let result = total.adding(next, sign: sign) else { return nil }
            total = result
        }
    }

    private mutating func product() -> UnitTerm? {
        guard var result = signed() else { return nil }
        while let token = current {
            switch token {
            case .symbol(.times):
                position += 1
                guard let next = signed() else { return nil }
                result = result * next
            case .symbol(.divide):
                position += 1
                guard let next = signed() else { return nil }
                result = result / next
            case .name, .number, .symbol(.open):
                guard let next = powered() else { return nil }
                result = result * next
            default:
                return result
            }
        }
        return result
    }

    private mutating func signed() -> UnitTerm? {
        var isNegative = false
        while true {
            if skip(.minus) { isNegative.toggle() } else if !skip(.plus) { break }
        }
        guard let term = powered() else { return nil }
        return isNegative ? term.negated : term
    }

    private mutating func powered() -> UnitTerm? {
        // "square meter": the word applies to the one name behind it.
        if case .name(let word) = current, let exponent = UnitExpression.leadingPowers[word],
            case .name = token(after: 1)
        {
            position += 1
            return primary()?.power(.number(Ratio(exponent)))
        }
        guard let base = primary() else { return nil }
        if case .name(let word) = current, let exponent = UnitExpression.trailingPowers[word] {
            position += 1
            return base.power(.number(Ratio(exponent)))
        }
        guard skip(.power) else { return base }
        guard let exponent = exponent() else { return nil }
        return base.power(exponent)
    }

    /// Powers bind from right to left and take a sign.
    private mutating func exponent() -> UnitTerm? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 32 else { return nil }
        if skip(.minus) { return exponent()?.negated }
        if skip(.plus) { return exponent() }
        return powered()
    }

    private mutating func primary() -> UnitTerm? {
        guard let token = current else { return nil }
        position += 1
        switch token {
        case .number(let value): return .number(value)
        case .name(let name): return UnitExpression.term(named: name)
        case .symbol(.open):
            depth += 1
            defer { depth -= 1 }
            guard depth <= 32, let inner = sum(), skip(.close) else { return nil }
            return inner
        case .symbol: return nil
        }
    }

    private func token(after offset: Int) -> UnitToken? {
        position + offset < tokens.count ? tokens[position + offset] : nil
    }

    private static func term(named name: String) -> UnitTerm? {
        if name == "dimensionless" { return .number(.one) }
        return switch name.lowercased() {
        case "nan": .number(Ratio(.nan))
        case "inf", "infinity": .number(Ratio(.infinity))
        default: UnitRegistry.shared.unit(named: name).map(UnitTerm.init)
        }
    }

    private static let leadingPowers: [String: Double] = ["square": 2, "sq": 2, "cubic": 3]
    private static let trailingPowers: [String: Double] = ["squared": 2, "cubed": 3]
}
