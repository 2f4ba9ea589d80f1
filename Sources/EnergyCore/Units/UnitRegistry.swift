/// A named unit as it stands in the table.
struct NamedUnit: Sendable {
    var symbol: String
    /// The full name, by which factors are ordered in print.
    var name: String
    var size: Ratio
    var dimension: Dimension
    /// Where the scale begins, in base units; 0 for all but temperatures with an offset.
    var zero = 0.0
    var isLogarithmic = false

    var isMultiplicative: Bool { zero == 0 && !isLogarithmic }
}

/// Looks up names: exact ones first, then with a prefix, then as a plural.
struct UnitRegistry: Sendable {
    static let shared = UnitRegistry()

    private struct Prefix: Sendable {
        var spelling: String
        var symbol: String
        var name: String
        var size: Ratio
    }

    private var units: [String: NamedUnit] = [:]
    private var prefixes: [Prefix] = []

    private init() {
        readPrefixes()
        readDefinitions()
        addTemperatures()
        for name in UnitTable.logarithmic {
            units[name] = NamedUnit(symbol: name, name: name, size: .one, dimension: .none, isLogarithmic: true)
        }
        for code in Currencies.codes {
            units[code] = NamedUnit(symbol: code, name: code, size: .one, dimension: .currency(code))
        }
    }

    func unit(named name: String) -> NamedUnit? {
        if let unit = units[name] { return unit }
        if let unit = prefixed(name) { return unit }
        // Plurals of names that are longer than one letter: "hours", but "Ws" is unknown.
        guard name.hasSuffix("s") else { return nil }
        let singular = String(name.dropLast())
        if singular.unicodeScalars.count > 1, let unit = units[singular] { return unit }
        return prefixed(singular, shortest: 2)
    }

    private func prefixed(_ name: String, shortest: Int = 1) -> NamedUnit? {
        for prefix in prefixes where name.hasPrefix(prefix.spelling) {
            let rest = String(name.dropFirst(prefix.spelling.count))
            guard rest.unicodeScalars.count >= shortest, let unit = units[rest] else { continue }
            guard unit.isMultiplicative else { return nil }
            return NamedUnit(
                symbol: prefix.symbol + unit.symbol, name: prefix.name + unit.name, size: prefix.size * unit.size,
                dimension: unit.dimension)
        }
        return nil
    }

    private mutating func readPrefixes() {
        for line in UnitTable.prefixes.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count >= 3, let size = Ratio(parsing: words[words.count - 1]) else { continue }
            for spelling in words.dropLast() {
                prefixes.append(Prefix(spelling: spelling, symbol: words[1], name: words[0], size: size))
            }
        }
    }

    private mutating func readDefinitions() {
        var dimension = Dimension.none
        for line in UnitTable.definitions.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words[0] == "=" {
                dimension = words.dropFirst().reduce(Dimension.none) { $0 * UnitRegistry.dimension(of: $1) }
            } else if words.count >= 2, let size = Ratio(parsing: words[0]) {
                let name = words.count > 2 ? words[2] : words[1]
                let unit = NamedUnit(symbol: words[1], name: name, size: size, dimension: dimension)
                for spelling in words.dropFirst() { units[spelling] = unit }
            }
        }
    }

    /// `m3` or `s-1` of a heading of the table.
    private static func dimension(of text: String) -> Dimension {
        let letters = text.prefix { $0.isLetter }
        let exponent = Double(text.dropFirst(letters.count)) ?? 1
        let bases: [Substring: Dimension.Base] = [
            "kg": .mass, "m": .length, "s": .time, "A": .current, "K": .temperature, "mol": .substance,
            "cd": .luminosity, "p": .printingUnit,
        ]
        return bases[letters].map { Dimension([$0: 1]).power(exponent) } ?? .none
    }

    /// Every temperature with an offset has a twin for differences.
    private mutating func addTemperatures() {
        for scale in UnitTable.temperatures {
            let symbol = scale.names[0]
            for name in scale.names {
                units[name] = NamedUnit(
                    symbol: symbol, name: scale.names[1], size: scale.size, dimension: .temperature, zero: scale.zero)
                let difference = NamedUnit(
                    symbol: "Δ" + symbol, name: "delta_" + scale.names[1], size: scale.size, dimension: .temperature)
                units["Δ" + name] = difference
                units["delta_" + name] = difference
            }
        }
    }
}
