import EnergyCore
import TestSupport
import Testing

@Suite struct JSONTests {
    @Test("values keep their kind and the order of their members")
    func reading() throws {
        let text =
            #"{"b": [1, -2.50, 1e3, null, true], "a": {"x": "é\n\u00e9\ud83d\ude00"}, "b2": 12345678901234567890}"#
        let value = try JSONValue(parsing: text)
        #expect(value.objectValue?.keys == ["b", "a", "b2"])
        #expect(value["b"] == .array([.int(1), .double(-2.5), .double(1000), .null, .bool(true)]))
        #expect(value["a"]?["x"] == "é\né😀")
        #expect(value["b2"] == .double(12_345_678_901_234_567_168))
    }

    @Test(
        "broken texts say what is wrong and where",
        arguments: [
            ("", JSONError.Fault.empty, 0), ("{", .unexpectedEnd, 1), ("[1,]", .expected("a value"), 3),
            ("[01]", .invalidNumber, 1), ("[1.]", .invalidNumber, 1), ("[NaN]", .nonFiniteNumber, 1),
            ("[-Infinity]", .invalidNumber, 1), ("[1e999]", .invalidNumber, 1), ("\"\\x\"", .invalidEscape, 1),
            ("\"a\nb\"", .controlCharacterInString, 2), ("{} x", .textAfterValue, 3),
            ("{1: 2}", .expected("a member name"), 1),
            ("[tru]", .expected("a value"), 1),
        ])
    func faults(text: String, fault: JSONError.Fault, offset: Int) {
        #expect(throws: JSONError(fault: fault, offset: offset)) { try JSONValue(parsing: text) }
    }

    @Test("nesting has a limit")
    func depth() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError(fault: .tooDeep(limit: 64), offset: 64)) { try JSONValue(parsing: deep) }
    }

    @Test("bytes that are no UTF-8 are refused")
    func utf8() {
        #expect(throws: JSONError(fault: .invalidUTF8, offset: 1)) { try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22]) }
    }

    @Test("words for numbers that are none pass only when asked for")
    func nonFinite() throws {
        let options = JSONReadOptions(allowsNonFinite: true)
        let value = try JSONValue(parsing: "[NaN, Infinity, -Infinity]", options: options)
        #expect(value[0]?.doubleValue?.isNaN == true)
        #expect(value[2]?.doubleValue == -.infinity)
        #expect(value.text() == "[null,null,null]")
    }

    @Test("long lists of numbers come as columns")
    func columns() throws {
        let bytes = Array(#"{"values": [1, 2.5, null, -3e2], "start": "x", "other": [1]}"#.utf8)
        let document = try JSONDocument(parsing: bytes, columns: ["values"])
        let values = try #require(document.columns["values"])
        #expect(values.count == 4 && values[2].isNaN && values[3] == -300)
        #expect(document.value == ["start": "x", "other": [1]])
        let mixed = try JSONDocument(parsing: Array(#"{"values": [1, "2"]}"#.utf8), columns: ["values"])
        #expect(mixed.columns.isEmpty && mixed.value["values"] == [1, "2"])
    }

    @Test("texts come out as the API lays them out")
    func layouts() throws {
        let value: JSONValue = ["b": [1, 2.0], "a": "é\u{7}\"", "n": .null]
        #expect(value.text() == #"{"b":[1,2.0],"a":"é\u0007\"","n":null}"#)
        #expect(value.text(.sorted) == #"{"a":"é\u0007\"","b":[1,2.0],"n":null}"#)
        #expect(value.text(.text) == #"{"b": [1, 2.0], "a": "\u00e9\u0007\"", "n": null}"#)
        #expect(value.text(.indented).split(separator: "\n").count == 8)
    }

    @Test(
        "numbers print shortest, with exponents where the API has them",
        arguments: [
            (3.0, "3.0"), (0.1, "0.1"), (-0.0, "-0.0"), (1e-5, "1e-05"), (0.0001, "0.0001"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"), (12_345_678_901_234_568, "1.2345678901234568e+16"), (5e20, "5e+20"), (1.5e300, "1.5e+300"),
            (-1_000_000, "-1000000.0"),
        ])
    func numbers(number: Double, text: String) throws {
        #expect(NumberText.text(number) == text)
        #expect(try JSONValue(parsing: text) == .double(number))
    }

    @Test("numbers of few decimals are written as briefly as any other")
    func fewDecimals() {
        var generator = SeededGenerator(seed: 7)
        let scales: [Double] = [1, 10, 100, 1000, 10_000]
        for _ in 0..<20_000 {
            let scale = scales[Int.random(in: 0..<5, using: &generator)]
            let number = Double(Int64.random(in: -40_000_000_000...40_000_000_000, using: &generator)) / scale
            #expect(NumberText.text(number) == number.description)
        }
        #expect(
            NumberText.text(-0.0) == "-0.0" && NumberText.text(0.05) == "0.05" && NumberText.text(-7.105) == "-7.105")
    }

    @Test("what was written reads back as the same")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            let value = JSONTests.value(depth: 4, &random)
            #expect(try JSONValue(parsing: value.text(.text)) == value)
            #expect(try JSONValue(parsing: value.bytes(.indented)) == value)
        }
        for _ in 0..<3000 {
            let number = Double(bitPattern: random.next())
            guard number.isFinite else { continue }
            #expect(try JSONValue(parsing: JSONValue.double(number).text()).doubleValue == number)
        }
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int64(bitPattern: random.next()))
        case 3: return .double(Double.random(in: -1e6...1e6, using: &random))
        case 4:
            let scalars = (0..<8).compactMap { _ in Unicode.Scalar(UInt32.random(in: 1...0x2FFF, using: &random)) }
            return .string(String(String.UnicodeScalarView(scalars)))
        case 5: return .array((0..<3).map { _ in value(depth: depth - 1, &random) })
        default:
            return .object(JSONObject((0..<3).map { ("k\($0)", value(depth: depth - 1, &random)) }))
        }
    }

    @Test("records print values as the audit log does")
    func records() {
        let value: JSONValue = ["a": [1, 2.5, "it's"], "b": .null, "c": true, "d": "x\"y"]
        #expect(value.recordText == #"{'a': [1, 2.5, "it's"], 'b': None, 'c': True, 'd': 'x"y'}"#)
        #expect(JSONValue.string("plain").recordText == "plain")
    }

    @Test("field errors nest, list and merge")
    func fieldErrors() {
        var errors = FieldErrors("start", "Not a valid datetime.")
        errors.add("start", "Second.")
        errors.add(["values", "0"], "Not a valid number.")
        let nested = errors.nested(under: ["json"])
        #expect(
            JSONValue.object(nested.tree)
                == ["json": ["start": ["Not a valid datetime.", "Second."], "values": ["0": ["Not a valid number."]]]])
        #expect(errors.description == "start: Not a valid datetime.\nstart: Second.\nvalues.0: Not a valid number.")
        #expect(throws: errors) { try errors.throwIfAny() }
        #expect(throws: Never.self) { try FieldErrors().throwIfAny() }
    }
}
