import TerminalKit

/// Readings as text, with the decimals that the user wants.
package struct Readings: Hashable, Sendable {
    /// Nil: as many as the size of the number needs.
    package var decimals: Int?

    package init(_ settings: ConsoleSettings = ConsoleSettings()) { decimals = Int(settings.decimals.rawValue) }

    /// A number with so many significant digits, or the wanted decimals.
    package func text(_ value: Double, digits: Int = 3) -> String {
        decimals.map { NumberFormat.fixed(value, decimals: $0) } ?? NumberFormat.significant(value, digits: digits)
    }

    /// The same with a sign.
    package func signed(_ value: Double, digits: Int = 3) -> String {
        (value > 0 ? "+" : "") + text(value, digits: digits)
    }

    /// A number with so many decimals unless others are wanted.
    package func fixed(_ value: Double, decimals usual: Int) -> String {
        NumberFormat.fixed(value, decimals: decimals ?? usual)
    }
}
