import Foundation
import Testing

@testable import TerminalKit

@Suite("Pictures as drawings")
struct GridDrawingTests {
    @Test("every run of one look is text of its width; grounds are drawn only where they differ")
    func runs() {
        var grid = CellGrid(size: GridSize(columns: 12, rows: 2))
        grid.write("a < b & c", x: 1, y: 0, limit: 12, style: .plain)
        let loud = Style(foreground: .index(9), background: .index(4), attributes: [.bold])
        grid.write("日x", x: 0, y: 1, limit: 12, style: loud)
        let svg = GridDrawing(grid).svg
        #expect(
            svg.contains(
                "x=\"16.4\" y=\"20.6\" textLength=\"75.6\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#d6dbe1\">a\u{a0}&lt;\u{a0}b\u{a0}&amp;\u{a0}c</text>"
            ))
        #expect(svg.contains("<rect x=\"8\" y=\"24.2\" width=\"25.2\" height=\"16.2\" fill=\"#0000ee\"/>"))
        #expect(
            svg.contains(
                "textLength=\"25.2\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#ff0000\" font-weight=\"bold\">日x</text>")
        )
        #expect(svg.components(separatedBy: "<rect").count == 3)
        #expect(svg == GridDrawing(grid).svg)
    }

    @Test("reversed cells swap ink and paper")
    func reversed() {
        var grid = CellGrid(size: GridSize(columns: 3, rows: 1))
        grid.write("ok", x: 0, y: 0, limit: 3, style: Style(attributes: [.reverse]))
        let svg = GridDrawing(grid).svg
        #expect(svg.contains("fill=\"#d6dbe1\"/>") && svg.contains("fill=\"#101418\">ok</text>"))
    }
}
