import Glibc

extension Ratio {
    /// Powers that are no whole numbers (`m^0.5`) are rare enough for the C library.
    static func realPower(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
