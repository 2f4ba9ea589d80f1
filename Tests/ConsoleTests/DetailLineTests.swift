import TerminalKit
import Testing

@testable import Console

@Suite("Lines of details")
struct DetailLineTests {
    @Test("break at blanks and go on under the text behind the label")
    func wrapping() {
        let line = DetailLine([Span("First check  "), Span("does the gateway answer? cable, power", .strong)])
        let rows = line.wrapped(to: 30)
        #expect(
            rows.map { $0.map(\.text).joined() } == [
                "First check  does the gateway", "             answer? cable,", "             power",
            ])
        #expect(rows.joined().filter { $0.text.contains("cable") }.allSatisfy { $0.role == .strong })
        #expect(line.wrapped(to: 80).count == 1)
        #expect(DetailLine.heading("A HEADING THAT IS LONGER THAN ITS ROW").wrapped(to: 20).count == 1)
    }
}
