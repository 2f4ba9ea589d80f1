/// A part of a unit expression with its value so far.
struct UnitTerm {
    var size: Ratio
    var coefficient: Double
    var dimension: Dimension
    var factors: [Unit.Factor]
    var zero = 0.0
    var isLogarithmic = false
    var hasMisplacedOffset = false

    static func number(_ value: Ratio) -> UnitTerm {
        UnitTerm(size: value, coefficient: value.value, dimension: .none, factors: [])
    }

    init(size: Ratio, coefficient: Double, dimension: Dimension, factors: [Unit.Factor]) {
        self.size = size
        self.coefficient = coefficient
        self.dimension = dimension
        self.factors = factors
    }

    init(_ unit: NamedUnit) {
        self.init(
            size: unit.size, coefficient: 1, dimension: unit.dimension,
            factors: [Unit.Factor(symbol: unit.symbol, name: unit.name, exponent: 1)])
        zero = unit.zero
        isLogarithmic = unit.isLogarithmic
    }

    private var isPlainOnly: Bool { zero != 0 || isLogarithmic }

    static func * (a: UnitTerm, b: UnitTerm) -> UnitTerm {
        combine(a, b, exponent: 1, size: a.size * b.size, coefficient: a.coefficient * b.coefficient)
    }

    static func / (a: UnitTerm, b: UnitTerm) -> UnitTerm {
        combine(a, b, exponent: -1, size: a.size / b.size, coefficient: a.coefficient / b.coefficient)
    }

    private static func combine(
        _ a: UnitTerm, _ b: UnitTerm, exponent: Double, size: Ratio, coefficient: Double
    ) -> UnitTerm {
        var result = UnitTerm(
            size: size, coefficient: coefficient,
            dimension: exponent > 0 ? a.dimension * b.dimension : a.dimension / b.dimension, factors: a.factors)
        for factor in b.factors { result.add(factor, times: exponent) }
        // Zero points and logarithms survive no arithmetic at all.
        result.hasMisplacedOffset = a.hasMisplacedOffset || b.hasMisplacedOffset || a.isPlainOnly || b.isPlainOnly
        return result
    }

    private mutating func add(_ factor: Unit.Factor, times sign: Double) {
        if let index = factors.firstIndex(where: { $0.symbol == factor.symbol }) {
            factors[index].exponent += factor.exponent * sign
        } else {
            factors.append(Unit.Factor(symbol: factor.symbol, name: factor.name, exponent: factor.exponent * sign))
        }
    }

    /// The term to the power of a plain number; nil if the exponent is none or absurd.
    func power(_ exponent: UnitTerm) -> UnitTerm? {
        guard exponent.dimension.isNone, !exponent.isPlainOnly else { return nil }
        let value = exponent.size.value
        guard value.isFinite, abs(value) <= 64 else { return nil }
        if value == 1 { return self }
        var result = UnitTerm(
            size: size.power(value), coefficient: Ratio(coefficient).power(value).value,
            dimension: dimension.power(value), factors: factors)
        for index in result.factors.indices { result.factors[index].exponent *= value }
        result.hasMisplacedOffset = hasMisplacedOffset || isPlainOnly
        return result
    }

    /// Sum or difference, in the units of the first; nil if they measure different things.
    func adding(_ other: UnitTerm, sign: Double) -> UnitTerm? {
        guard dimension == other.dimension, !isPlainOnly, !other.isPlainOnly else { return nil }
        var result = self
        let total = size.value + sign * other.size.value
        result.coefficient = size.value == 0 ? total : coefficient * total / size.value
        result.size = Ratio(total)
        return result
    }

    var negated: UnitTerm {
        var result = self
        result.size = Ratio(-1) * size
        result.coefficient = -coefficient
        if isPlainOnly { result.hasMisplacedOffset = true }
        return result
    }
}
