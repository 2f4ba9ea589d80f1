import Synchronization

/// A unit as a request, a sensor or a setting writes it: `kW`, `EUR/MWh`, `m³/h`, `100 W`, `%`.
package struct Unit: Hashable, Sendable {
    /// As written.
    package let text: String
    package let dimension: Dimension
    /// Factors with their powers, in print order.
    let factors: [Factor]
    /// The number before the units, sign included: 100 in `100 W`.
    package let coefficient: Double
    /// In base units, coefficient included.
    let size: Ratio
    /// Zero point in kelvin of a plain temperature, else 0.
    let zero: Double
    let isLogarithmic: Bool
    /// A temperature with an offset inside a compound: its name is known, its use makes no sense.
    let hasMisplacedOffset: Bool

    struct Factor: Hashable, Sendable {
        var symbol: String
        var name: String
        var exponent: Double
    }

    /// Reads a unit text; results are kept, so that repeated texts cost a look-up.
    package init(parsing text: String) throws(UnitError) {
        let unit = try Unit.lenient(text)
        guard !unit.hasMisplacedOffset else { throw .unknown(text) }
        self = unit
    }

    /// As `init(parsing:)`, but lets misplaced temperature offsets through, as differences.
    static func lenient(_ text: String) throws(UnitError) -> Unit {
        if let known = UnitCache.shared.unit(text) { return try known.get() }
        let result: Result<Unit, UnitError>
        do throws(UnitError) {
            result = .success(try UnitExpression.read(text))
        } catch {
            result = .failure(error)
        }
        UnitCache.shared.keep(result, for: text)
        return try result.get()
    }

    init(text: String, term: UnitTerm) {
        self.text = text
        dimension = term.dimension
        factors = term.factors.filter { $0.exponent != 0 }.sorted { $0.name.lowercased() < $1.name.lowercased() }
        coefficient = term.coefficient
        size = term.size
        zero = term.zero
        isLogarithmic = term.isLogarithmic
        hasMisplacedOffset = term.hasMisplacedOffset
    }

    /// A unit without dimension and of size 1.
    package static let dimensionless = Unit(text: "dimensionless", term: .number(.one))

    /// Whether a sensor may have this unit: a valid text that is not empty.
    package static func isValid(_ text: String) -> Bool { (try? Unit(parsing: text)) != nil }
}

/// What is wrong with a unit or a conversion.
package enum UnitError: Error, Hashable, Sendable {
    /// No unit expression, or a name in it is unknown.
    case unknown(String)
    /// The two do not convert into each other.
    case incompatible(from: String, to: String)
    /// The conversion needs events that last.
    case needsDuration(from: String, to: String)

    /// The text of the API where it has one.
    package var message: String {
        switch self {
        case .unknown(let text): "Unit '\(text)' cannot be handled."
        case .incompatible(let from, let to): "Unit conversion from \(from) to \(to) doesn't seem possible."
        case .needsDuration(let from, let to):
            "Unit conversion from \(from) to \(to) needs events with a duration."
        }
    }
}

/// Units by text. Emptied when it has grown too large, for texts come from outside.
final class UnitCache: Sendable {
    static let shared = UnitCache()
    private static let limit = 4096
    private let units = Mutex<[String: Result<Unit, UnitError>]>([:])

    func unit(_ text: String) -> Result<Unit, UnitError>? {
        units.withLock { $0[text] }
    }

    func keep(_ unit: Result<Unit, UnitError>, for text: String) {
        guard text.utf8.count <= 256 else { return }
        units.withLock { units in
            if units.count >= UnitCache.limit { units.removeAll() }
            units[text] = unit
        }
    }
}
