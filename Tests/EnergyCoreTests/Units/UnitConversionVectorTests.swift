import EnergyCore
import TestSupport
import Testing

/// Recorded conversions.
@Suite struct UnitConversionVectorTests {
    @Test("units are accepted, converted and named as recorded")
    func recorded() throws {
        let vectors = try VectorFiles("unit_conversion.json", in: vectorFolder).vectors()
        #expect(vectors.count >= 150)
        for vector in vectors where !vector.isOptional {
            let failures = faults(of: vector)
            #expect(
                failures.isEmpty,
                "\(vector.id) \(vector["from"] ?? .null) to \(vector["to"] ?? .null): \(failures.joined(separator: ", "))"
            )
        }
    }

    private func faults(of vector: Vector) -> [String] {
        guard let from = vector["from"]?.stringValue, let to = vector["to"]?.stringValue,
            let duration = vector["resolution"]?.stringValue.flatMap({ try? ISODuration(parsing: $0).span })
        else { return ["incomplete"] }
        var faults: [String] = []
        func check(_ name: String, _ value: Bool) {
            if let expected = vector[name]?.boolValue, expected != value { faults.append("\(name) is \(value)") }
        }
        check("from_is_valid_unit", Unit.isValid(from))
        check("to_is_valid_unit", Unit.isValid(to))
        check("accepted_for_posting", UnitRules.accepts(from, for: to, duration: duration))
        check("convertible_without_duration", UnitRules.areConvertible(from, to))
        let word = Unit.dimensionWord(from)
        if let expected = vector["dimension_of_from"], expected.stringValue != word {
            faults.append("dimension is \(word ?? "none")")
        }
        if let expected = vector["result"]?.numbers, duration > .zero {
            let values = vector["values"]?.numbers ?? []
            do {
                let conversion = try Unit.conversion(from: from, to: to, duration: duration)
                let result = values.map { conversion($0) }
                if !areClose(result, expected) { faults.append("result is \(result)") }
            } catch {
                faults.append(error.message)
            }
        } else if vector["error"] != nil, vector["accepted_for_posting"]?.boolValue == true,
            // Of units that are refused it does not matter what the converter would make.
            (try? Unit.conversion(from: from, to: to, duration: duration)) != nil
        {
            faults.append("converts")
        }
        return faults
    }
}
