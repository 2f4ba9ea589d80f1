import TerminalKit
import Testing

@testable import Console

@Suite("What a record of the audit log changed")
struct AuditDifferenceTests {
    private func lines(_ event: String) -> [String] { AuditDifference.lines(event).map(\.text) }

    @Test("stands as before and after, field by field")
    func differences() {
        #expect(
            lines("Updated: name, From: Office, To: Bureau, 2nd floor") == [
                "  - name  Office", "  + name  Bureau, 2nd floor",
            ])
        #expect(
            lines("Updated: flex_model, change soc-max: \"10 kWh\" -> \"12 kWh\"")
                == ["  - soc-max  \"10 kWh\"", "  + soc-max  \"12 kWh\""])
        #expect(
            lines(
                "Updated: flex_context, 1. remove site-power-capacity\n2. add consumption-price: {'sensor': 3}\n3. change x: 1 -> 2"
            )
                == ["  - site-power-capacity", "  + consumption-price: {'sensor': 3}", "  - x  1", "  + x  2"])
        #expect(
            lines(
                "Updated sensor 'load': 3. Updated fields: Field name: unit, Old value: kW, New value: MW; Field name: name, Old value: load, New value: power"
            ) == ["  - unit  kW", "  + unit  MW", "  - name  load", "  + name  power"])
        #expect(lines("Updated Attr: colour, From: None, To: blue") == ["  - colour  None", "  + colour  blue"])
    }

    @Test(
        "is nothing where a record tells of no field, whatever it says",
        arguments: [
            "User lena created", "Updated", "Updated: , From: ", "Updated sensor 'x': 3. Updated fields: ", "",
            "Updated: a, b -> c",
        ])
    func nothing(event: String) {
        #expect(lines(event).isEmpty)
    }
}
