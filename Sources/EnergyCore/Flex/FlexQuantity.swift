/// A number with a unit as flex fields carry it: `15 kW`, `0.29 EUR/kWh`, `90%`, `.9`.
struct FlexQuantity {
    var value: Double
    var unit: FlexUnit
    /// As it was written.
    var text: String

    /// Why a text is no quantity of a field.
    enum Fault: Error {
        /// A word of the text is not known as a unit.
        case undefined(String)
    }

    init(value: Double, unit: FlexUnit) {
        self.value = value
        self.unit = unit
        text = NumberText.text(value)
    }

    init(parsing text: String) throws(Fault) {
        let trimmed = text.drop { $0 == " " }
        let digits = Self.numberPrefix(of: trimmed)
        let rest = trimmed.dropFirst(digits.count)
        value = Double(digits.hasSuffix(".") ? digits + "0" : digits.hasPrefix(".") ? "0" + digits : digits) ?? 1
        self.text = text
        do {
            unit = try FlexUnit(parsing: String(rest))
        } catch {
            throw .undefined(error.word)
        }
    }

    /// The value in the unit of a measure; nil if the dimensions differ. Currencies are not looked at.
    func value(in measure: FlexMeasure) -> Double? {
        guard unit.dimension == measure.dimension, unit.isPrice == measure.isPrice else { return nil }
        return value * unit.factor
    }

    private static func numberPrefix(of text: Substring) -> String {
        var digits = ""
        var rest = text[...]
        func isDigit(_ character: Character?) -> Bool { character.map { $0.isASCII && $0.isNumber } ?? false }
        if let sign = rest.first, sign == "+" || sign == "-" {
            digits.append(sign)
            rest = rest.dropFirst()
        }
        while let next = rest.first, isDigit(next) || (next == "." && !digits.contains(".")) {
            digits.append(next)
            rest = rest.dropFirst()
        }
        guard digits.contains(where: { $0.isNumber }) else { return "" }
        if let mark = rest.first, mark == "e" || mark == "E" {
            var tail = String(mark)
            var after = rest.dropFirst()
            if let sign = after.first, sign == "+" || sign == "-" {
                tail.append(sign)
                after = after.dropFirst()
            }
            guard isDigit(after.first) else { return digits }
            while let next = after.first, isDigit(next) {
                tail.append(next)
                after = after.dropFirst()
            }
            digits += tail
        }
        return digits
    }
}
