/// A unit as far as flex fields go: powers of energy and time, and perhaps money. Bases are MWh, hour and the currency;
/// kilograms count as money, so that emissions can be priced.
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

    /// Base units per unit, the number in the text included.
    package private(set) var factor = 1.0
    /// nil for units that no flex field can have.
    package private(set) var dimension: Dimension?
    /// The currency in the numerator, if any.
    package private(set) var currency: String?
    /// As it was written, without blanks at the ends.
    package let text: String

    /// True if the numerator is money.
    package var isPrice: Bool { currency != nil }

    package init(parsing text: String) throws(Undefined) {
        self.text = text.trimmingBlanks
        guard !self.text.isEmpty else {
            dimension = Dimension(energy: 0, time: 0)
            return
        }
        guard let unit = try? Unit(parsing: self.text) else { throw Undefined(word: Self.unknownWord(in: self.text)) }
        for energy in -1...1 {
            for time in -2...2 where dimension == nil {
                let rest =
                    unit.dimension / EnergyCore.Dimension.energy.power(Double(energy))
                    / EnergyCore.Dimension.time.power(Double(time))
                guard let money = Self.money(rest, self.text) else { continue }
                let base = Self.baseText(money: money, energy: energy, time: time)
                guard let base = try? Unit(parsing: base),
                    let conversion = try? unit.conversion(to: base, duration: .hours(1))
                else { continue }
                dimension = Dimension(energy: energy, time: time)
                factor = conversion.factor
                currency = money.isEmpty ? nil : money
            }
        }
    }

    /// The money in a dimension, empty for none, nil if the dimension is something else.
    private static func money(_ dimension: EnergyCore.Dimension, _ text: String) -> String? {
        if dimension.isNone { return "" }
        if dimension.singleBase == .mass, dimension == EnergyCore.Dimension([.mass: 1]) { return "kg" }
        guard dimension.isCurrency else { return nil }
        return words(of: text).lazy.compactMap { word in
            if Currencies.codes.contains(word) { return word }
            let rest = String(word.dropFirst())
            return Currencies.codes.contains(rest) ? rest : nil
        }.first { EnergyCore.Dimension.currency($0) == dimension }
    }

    private static func baseText(money: String, energy: Int, time: Int) -> String {
        var above = money.isEmpty ? [] : [money]
        var below: [String] = []
        func put(_ unit: String, _ power: Int) {
            for _ in 0..<abs(power) { if power > 0 { above.append(unit) } else { below.append(unit) } }
        }
        put("MWh", energy)
        put("h", time)
        let head = above.isEmpty ? "1" : above.joined(separator: "*")
        if above.isEmpty, below.isEmpty { return "dimensionless" }
        return ([head] + below).joined(separator: "/")
    }

    private static func words(of text: String) -> [String] {
        text.split { !$0.isLetter && $0 != "_" && $0 != "%" && $0 != "°" }.map(String.init)
    }

    /// The first word of a text that is no unit by itself.
    private static func unknownWord(in text: String) -> String {
        words(of: text).first { $0 != "per" && (try? Unit(parsing: $0)) == nil } ?? text
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
