/// Numbers as people read them in tables and on axes.
package enum NumberFormat {
    private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

    /// A number with a fixed count of decimals and a point; `--` when it is not finite.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "--" }
        let places = max(0, min(9, decimals))
        let scaled = (abs(value) * powers[places]).rounded()
        guard scaled < 9e15 else { return exponent(value) }
        var digits = String(Int64(scaled))
        if places > 0 {
            if digits.count <= places { digits = String(repeating: "0", count: places + 1 - digits.count) + digits }
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
        }
        return value < 0 && scaled > 0 ? "-" + digits : digits
    }

    /// A number with so many significant digits, without needless zeros behind the point.
    package static func significant(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite else { return "--" }
        let size = abs(value)
        if size == 0 { return "0" }
        if size >= 1e7 || size < 1e-4 { return exponent(value) }
        var whole = 0
        while whole < 8, powers[whole] <= size { whole += 1 }
        var decimals = max(0, digits - whole)
        if size < 1 {
            var small = size
            while small < 0.1 {
                small *= 10
                decimals += 1
            }
        }
        return trimmed(fixed(value, decimals: decimals))
    }

    /// The label of an axis tick.
    package static func tick(_ value: Double, decimals: Int) -> String {
        let size = abs(value)
        if size != 0, size >= 1e6 || size < 1e-4 { return exponent(value) }
        return fixed(value, decimals: decimals)
    }

    /// Decimals that tell ticks of this distance apart.
    package static func decimals(ofStep step: Double) -> Int {
        for decimals in 0..<9 {
            let scaled = step * powers[decimals]
            if scaled >= 0.99, abs(scaled - scaled.rounded()) < 1e-6 * scaled { return decimals }
        }
        return 9
    }

    private static func exponent(_ value: Double) -> String {
        var power = 0
        var mantissa = abs(value)
        while mantissa >= 10 {
            mantissa /= 10
            power += 1
        }
        while mantissa < 1, mantissa > 0 {
            mantissa *= 10
            power -= 1
        }
        var text = trimmed(fixed(mantissa, decimals: 2))
        if text == "10" {
            text = "1"
            power += 1
        }
        return (value < 0 ? "-" : "") + text + "e\(power)"
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var result = Substring(text)
        while result.last == "0" { result.removeLast() }
        if result.last == "." { result.removeLast() }
        return String(result)
    }
}
