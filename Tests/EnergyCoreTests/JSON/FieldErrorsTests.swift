import EnergyCore
import Testing

@Suite("Faults of fields")
struct FieldErrorsTests {
    @Test("texts gather under their path; texts of a whole object stand beside those of its fields")
    func tree() throws {
        var errors = FieldErrors("a", "one")
        errors.add("a", "two")
        errors.add(["b", "c"], "three")
        errors.add("b", "four")
        errors.add(["a", "d"], "five")
        let expected = #"{"a": {"_schema": ["one", "two"], "d": ["five"]}, "b": {"c": ["three"], "_schema": ["four"]}}"#
        #expect(try errors.tree == JSONValue(parsing: expected).objectValue)
        #expect(errors.texts.map(\.text) == ["one", "two", "five", "three", "four"])
    }

    @Test("a message with very many faults costs no more for each of them")
    func many() {
        var errors = FieldErrors()
        let started = ContinuousClock.now
        for number in 0..<20_000 {
            errors.add("field \(number)", "unknown")
            errors.add("values", "bad")
            errors.add(["nested", "\(number)"], "bad")
        }
        #expect(errors.texts.count == 60_000)
        // Copying what was there for each fault took minutes.
        #expect(ContinuousClock.now - started < .seconds(20))
    }
}
