extension Unit {
    /// The word for what a unit measures, as on chart axes: `power`, `energy price`, `temperature`, `value`.
    package static func dimensionWord(_ text: String) -> String? {
        guard let unit = try? Unit(parsing: text) else { return nil }
        switch unit.dimension {
        case .power: return "power"
        case .energy: return "energy"
        default: break
        }
        if isPrice(text) { return isEnergyPrice(text) ? "energy price" : "price" }
        if unit.dimension.isCurrency { return "currency" }
        if unit.dimension == .speed { return "speed" }
        if text == "%" { return "percentage" }
        return unit.dimension.singleBase?.word ?? "value"
    }

    /// Whether a text begins with a currency, optionally with one prefix letter, and a slash.
    package static func isPrice(_ text: String) -> Bool {
        guard let slash = text.firstIndex(of: "/") else { return false }
        let head = text[..<slash]
        return Currencies.codes.contains(String(head))
            || (head.count == 4 && Currencies.codes.contains(String(head.dropFirst())))
    }

    /// A price per energy.
    package static func isEnergyPrice(_ text: String) -> Bool {
        guard isPrice(text), let slash = text.firstIndex(of: "/") else { return false }
        return (try? Unit(parsing: String(text[text.index(after: slash)...])))?.dimension == .energy
    }

    /// Whether a text is a power; obsolete message types ask for it.
    package static func isPower(_ text: String) -> Bool { (try? Unit(parsing: text))?.dimension == .power }
    package static func isEnergy(_ text: String) -> Bool { (try? Unit(parsing: text))?.dimension == .energy }

    /// One unit for several sensors, and the factor for each of their units.
    ///
    /// Of units of the same dimension the smallest; of others none, which is written `a.u.`
    package static func smallestCommon(_ texts: [String]) -> (unit: String, factors: [Double]) {
        guard let first = texts.first else { return ("a.u.", []) }
        if texts.allSatisfy({ $0 == first }) {
            return (first.isEmpty ? "a.u." : first, texts.map { _ in 1 })
        }
        let none = (unit: "a.u.", factors: texts.map { _ in 1.0 })
        var units: [Unit] = []
        for text in texts {
            guard let unit = try? Unit(parsing: text) else { return none }
            units.append(unit)
        }
        guard units.allSatisfy({ $0.relation(to: units[0]) == .sameDimension }),
            let smallest = units.min(by: { abs($0.size.value) < abs($1.size.value) })
        else { return none }
        return (smallest.text, units.map { ($0.size / smallest.size).value })
    }
}

extension Unit: CustomStringConvertible {
    /// The unit in one spelling: symbols, factors before divisors, powers as superscripts: `EUR/MWh`, `m³/h`, `100 W`.
    package var description: String {
        let symbols = symbolText
        if coefficient == 1 { return symbols.isEmpty ? "dimensionless" : symbols }
        let number =
            coefficient == coefficient.rounded() && abs(coefficient) < 1e15
            ? "\(Int64(coefficient))" : NumberText.text(coefficient)
        return symbols.isEmpty ? number : number + " " + symbols
    }

    /// The unit without its number.
    package var symbolText: String {
        let above = factors.filter { $0.exponent > 0 }.map { $0.symbol + Unit.superscript($0.exponent) }
        let below = factors.filter { $0.exponent < 0 }.map { "/" + $0.symbol + Unit.superscript(-$0.exponent) }
        if above.isEmpty { return below.isEmpty ? "" : "1" + below.joined() }
        return above.joined(separator: "·") + below.joined()
    }

    private static func superscript(_ exponent: Double) -> String {
        if exponent == 1 { return "" }
        guard exponent == exponent.rounded() else { return "**\(exponent)" }
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String("\(Int(exponent))".compactMap(\.wholeNumberValue).map { digits[$0] })
    }
}
