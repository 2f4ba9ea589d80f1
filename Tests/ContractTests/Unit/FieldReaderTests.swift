import APIContract
import EnergyCore
import Testing

@Suite("Fields of a request")
struct FieldReaderTests {
    private func errors(_ read: (inout FieldReader) -> Void, _ fields: JSONObject) -> JSONObject {
        var reader = FieldReader(fields)
        read(&reader)
        return reader.errors.tree
    }

    @Test("all faults of one place are collected")
    func collects() {
        let found = errors(
            { reader in
                _ = reader.string("name", .required)
                _ = reader.integer("count", .required)
                _ = reader.boolean("flag")
                reader.refuseUnknown()
            }, ["count": "x", "flag": "perhaps", "colour": 1])
        #expect(
            found == [
                "name": ["Missing data for required field."], "count": ["Not a valid integer."],
                "flag": ["Not a valid boolean."], "colour": ["Unknown field."],
            ])
    }

    @Test("whole numbers may be written as digits", arguments: [("5", 5), (" 7 ", 7), ("-3", -3)])
    func integers(text: String, number: Int) {
        var reader = FieldReader(["n": .string(text)])
        #expect(reader.integer("n") == number)
        #expect(reader.errors.isEmpty)
    }

    @Test(
        "truth values and fractions are no whole numbers", arguments: [JSONValue.bool(true), .double(1.5), "1.0", ""])
    func notIntegers(value: JSONValue) {
        #expect(errors({ _ = $0.integer("n") }, ["n": value]) == ["n": ["Not a valid integer."]])
    }

    @Test("null is a fault unless allowed")
    func null() {
        #expect(errors({ _ = $0.string("a") }, ["a": nil]) == ["a": ["Field may not be null."]])
        #expect(errors({ _ = $0.string("a", .nullable) }, ["a": nil]).isEmpty)
    }

    @Test("a lost plus sign in an offset is repaired, a missing offset is not")
    func datetimes() {
        var reader = FieldReader(["a": "2025-06-07T00:00:00 02:00", "b": "2025-06-07T00:00:00", "c": "soon"])
        #expect(reader.datetime("a")?.offset == 7200)
        #expect(reader.datetime("b") == nil)
        #expect(reader.datetime("c") == nil)
        #expect(
            reader.errors.tree == ["b": ["Not a valid aware datetime."], "c": ["Not a valid datetime."]])
    }

    @Test("durations of changing length are refused where only fixed ones make sense")
    func spans() {
        #expect(
            errors({ _ = $0.span("d") }, ["d": "P1M"])
                == ["d": ["Nominal durations (months, years) are not supported here."]])
        #expect(
            errors({ _ = $0.duration("d") }, ["d": "15 minutes"])
                == ["d": ["Cannot parse 15 minutes as ISO8601 duration: Unable to parse duration string '15 minutes'"]])
    }

    @Test("JSON text and the value itself are both taken")
    func jsonText() {
        var reader = FieldReader(["a": "{\"x\": 1}", "b": ["x": 2], "c": "{"])
        #expect(reader.jsonObject("a") == ["x": 1])
        #expect(reader.jsonObject("b") == ["x": 2])
        #expect(reader.jsonObject("c") == nil)
        #expect(reader.errors.tree == ["c": ["Not a valid JSON string."]])
    }
}
