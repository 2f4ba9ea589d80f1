/// What a unit measures: powers of the base quantities, and of currencies, each of which is a quantity of its own.
package struct Dimension: Hashable, Sendable {
    /// In the order of `Base`; halves occur (`m^0.5`).
    private var exponents: SIMD8<Float>
    private var currencies: [String: Float]

    package enum Base: Int, CaseIterable, Sendable {
        case mass, length, time, current, temperature, substance, luminosity, printingUnit

        /// The word for axes.
        package var word: String { self == .printingUnit ? "printing_unit" : "\(self)" }
    }

    package static let none = Dimension(exponents: .zero, currencies: [:])
    package static let time = Dimension([.time: 1])
    package static let temperature = Dimension([.temperature: 1])
    package static let energy = Dimension([.mass: 1, .length: 2, .time: -2])
    package static let power = Dimension([.mass: 1, .length: 2, .time: -3])
    package static let speed = Dimension([.length: 1, .time: -1])

    private init(exponents: SIMD8<Float>, currencies: [String: Float]) {
        self.exponents = exponents
        self.currencies = currencies
    }

    package init(_ powers: [Base: Float]) {
        self = .none
        for (base, power) in powers { exponents[base.rawValue] = power }
    }

    package static func currency(_ code: String) -> Dimension {
        Dimension(exponents: .zero, currencies: [code: 1])
    }

    package var isNone: Bool { self == .none }
    /// One currency and nothing else.
    package var isCurrency: Bool { exponents == .zero && currencies.count == 1 && currencies.values.first == 1 }

    /// The only base quantity in it, whatever its power; nil if there is none or several.
    package var singleBase: Base? {
        guard currencies.isEmpty else { return nil }
        let present = Base.allCases.filter { exponents[$0.rawValue] != 0 }
        return present.count == 1 ? present[0] : nil
    }

    package static func * (a: Dimension, b: Dimension) -> Dimension {
        combine(a, b, sign: 1)
    }

    package static func / (a: Dimension, b: Dimension) -> Dimension {
        combine(a, b, sign: -1)
    }

    package func power(_ exponent: Double) -> Dimension {
        Dimension(exponents: exponents * Float(exponent), currencies: currencies.mapValues { $0 * Float(exponent) })
            .withoutZeros
    }

    private static func combine(_ a: Dimension, _ b: Dimension, sign: Float) -> Dimension {
        var result = Dimension(exponents: a.exponents + sign * b.exponents, currencies: a.currencies)
        guard !b.currencies.isEmpty else { return result }
        result.currencies.merge(b.currencies.mapValues { $0 * sign }) { $0 + $1 }
        return result.withoutZeros
    }

    private var withoutZeros: Dimension {
        Dimension(exponents: exponents, currencies: currencies.filter { $0.value != 0 })
    }
}
