/// A number kept as numerator and denominator, so that `cEUR/kWh` to `EUR/MWh` is 10 and not 10.000000000000002.
struct Ratio: Hashable, Sendable {
    private(set) var top: Double
    private(set) var bottom: Double

    static let one = Ratio(1)

    init(_ top: Double, _ bottom: Double = 1) {
        self.top = top
        self.bottom = bottom
        reduce()
    }

    /// `0.45359237`, `5/18` or `1e-9`, exactly.
    init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: "/")
        guard let first = parts.first, let top = Ratio.decimal(String(first)) else { return nil }
        if parts.count == 2 {
            guard let bottom = Ratio.decimal(String(parts[1])) else { return nil }
            self = top / bottom
        } else {
            self = top
        }
    }

    var value: Double { top / bottom }
    /// Neither zero nor infinite nor NaN, so that dividing by it means something.
    var isUsable: Bool { value.isFinite && value != 0 }

    static func * (a: Ratio, b: Ratio) -> Ratio { Ratio(a.top * b.top, a.bottom * b.bottom) }
    static func / (a: Ratio, b: Ratio) -> Ratio { Ratio(a.top * b.bottom, a.bottom * b.top) }

    func power(_ exponent: Double) -> Ratio {
        exponent < 0
            ? Ratio(raised(bottom, -exponent), raised(top, -exponent))
            : Ratio(raised(top, exponent), raised(bottom, exponent))
    }

    private func raised(_ base: Double, _ exponent: Double) -> Double {
        guard exponent == exponent.rounded(), exponent <= 64 else { return Ratio.realPower(base, exponent) }
        var result = 1.0
        for _ in 0..<Int(exponent) { result *= base }
        return result
    }

    private mutating func reduce() {
        if bottom < 0 {
            top = -top
            bottom = -bottom
        }
        guard bottom != 1, let wholeTop = Int64(exactly: top), let wholeBottom = Int64(exactly: bottom), wholeTop != 0,
            wholeBottom != 0
        else { return }
        var (a, b) = (wholeTop.magnitude, wholeBottom.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        top /= Double(a)
        bottom /= Double(a)
    }

    /// A decimal text as whole number over a power of ten.
    private static func decimal(_ text: String) -> Ratio? {
        guard let value = Double(text) else { return nil }
        let lower = text.lowercased()
        let parts = lower.split(separator: "e", maxSplits: 1)
        guard let mantissaText = parts.first else { return nil }
        var exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        let digits = mantissaText.split(separator: ".", omittingEmptySubsequences: false)
        if digits.count == 2 { exponent -= digits[1].utf8.count }
        guard let mantissa = Double(digits.joined()), abs(mantissa) < 9e15, abs(exponent) <= 22 else {
            return Ratio(value)
        }
        return exponent < 0
            ? Ratio(mantissa, powersOfTen[-exponent]) : Ratio(mantissa * powersOfTen[exponent])
    }
}
