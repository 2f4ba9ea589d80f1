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
}
