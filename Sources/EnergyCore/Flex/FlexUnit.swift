/// A unit as far as flex fields go: powers of energy, time and one currency. Bases are MWh, hour and the currency.
package struct FlexUnit: Hashable, Sendable {
    /// Powers of energy and time.
    package struct Dimension: Hashable, Sendable {
        package var energy: Int
        package var time: Int
    }

    /// A word that is not known as a unit.
    package struct Undefined: Error {
        package var word: String
    }

    /// Base units per unit.
    package private(set) var factor = 1.0
    package private(set) var dimension = Dimension(energy: 0, time: 0)
    /// The currency in the numerator, if any.
    package private(set) var currency: String?
    /// As it was written, without blanks at the ends.
    package let text: String
    /// Anything else, such as a currency in the denominator.
    private var isForeign = false

    /// True if the numerator is money.
    package var isPrice: Bool { currency != nil && !isForeign }

    package init(parsing text: String) throws(Undefined) {
        self.text = text.trimmingBlanks
        var power = 1
        var word = ""
        func isSeparator(_ character: Character) -> Bool { character == "*" || character == "/" || character == " " || character == "·" }
        for character in self.text + "*" {
            guard isSeparator(character) else {
                word.append(character)
                continue
            }
            if word == "per" {
                power = -1
            } else if !word.isEmpty, word != "1" {
                try apply(word, power)
                power = 1
            }
            word = ""
            if character == "/" { power = -1 }
        }
    }

    private mutating func apply(_ word: String, _ power: Int) throws(Undefined) {
        guard let atom = Self.atom(word) else { throw Undefined(word: word) }
        factor *= power > 0 ? atom.factor : 1 / atom.factor
        dimension.energy += power * atom.energy
        dimension.time += power * atom.time
        guard let money = atom.currency else { return }
        if power > 0, currency == nil { currency = money } else { isForeign = true }
    }

    private struct Atom {
        var factor: Double
        var energy = 0
        var time = 0
        var currency: String?
    }

    private static let atoms: [String: Atom] = [
        "W": Atom(factor: 1e-6, energy: 1, time: -1), "VA": Atom(factor: 1e-6, energy: 1, time: -1),
        "Wh": Atom(factor: 1e-6, energy: 1), "J": Atom(factor: 1 / 3.6e9, energy: 1),
        "h": Atom(factor: 1, time: 1), "hour": Atom(factor: 1, time: 1), "min": Atom(factor: 1 / 60.0, time: 1),
        "s": Atom(factor: 1 / 3600.0, time: 1), "d": Atom(factor: 24, time: 1), "%": Atom(factor: 0.01),
        "percent": Atom(factor: 0.01), "dimensionless": Atom(factor: 1), "t": Atom(factor: 1000, currency: "kg"),
        "kg": Atom(factor: 1, currency: "kg"), "g": Atom(factor: 1e-3, currency: "kg"),
    ]
    private static let prefixes: [Character: Double] = [
        "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "c": 1e-2, "m": 1e-3,
    ]

    private static func atom(_ word: String) -> Atom? {
        if let atom = atoms[word] { return atom }
        if isCurrency(word) { return Atom(factor: 1, currency: word) }
        guard let first = word.first, let prefix = prefixes[first] else { return nil }
        let rest = String(word.dropFirst())
        if var atom = atoms[rest] {
            atom.factor *= prefix
            return atom
        }
        return isCurrency(rest) ? Atom(factor: prefix, currency: rest) : nil
    }

    private static func isCurrency(_ word: String) -> Bool {
        word.utf8.count == 3 && word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
