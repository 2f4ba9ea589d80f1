import APIContract
import EnergyCore
import Testing

@Suite("Queries")
struct QueryStringTests {
    @Test(
        "names and values are decoded",
        arguments: [
            ("a=1&b=x%20y", "b", "x y"), ("a=1+2", "a", "1 2"), ("u=m%C2%B3%2Fh", "u", "m³/h"),
            ("a=%zz&b=%", "a", "%zz"),
            ("a=%zz&b=%", "b", "%"), ("a=%%41", "a", "%A"), ("a", "a", ""), ("a==b", "a", "=b"),
        ])
    func decoding(text: String, name: String, value: String) {
        #expect(QueryString(encoded: text[...])[name] == value)
    }

    @Test("the first of equal names counts")
    func first() {
        #expect(QueryString(encoded: "a=1&a=2").object == ["a": "1"])
    }
}
