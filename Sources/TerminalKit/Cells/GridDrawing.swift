/// A picture of the screen as a drawing (SVG), for pages that show what the console looks like.
package struct GridDrawing {
    private let grid: CellGrid

    private static let ink = (214, 219, 225)
    private static let paper = (16, 20, 24)
    /// Tenths of a pixel, so that equal pictures give equal bytes.
    private static let cellWidth = 84
    private static let cellHeight = 162

    package init(_ grid: CellGrid) {
        self.grid = grid
    }

    package var svg: String {
        let width = Self.pixels(grid.size.columns * Self.cellWidth + 160)
        let height = Self.pixels(grid.size.rows * Self.cellHeight + 160)
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\""
                + " viewBox=\"0 0 \(width) \(height)\" font-family=\"'DejaVu Sans Mono',Menlo,Consolas,monospace\""
                + " font-size=\"14\">",
            "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"\(Self.hex(Self.paper))\"/>",
        ]
        for y in 0..<grid.size.rows {
            let runs = runs(of: y)
            lines += runs.compactMap { ground($0, y) } + runs.compactMap { text($0, y) }
        }
        return lines.joined(separator: "\n") + "\n</svg>\n"
    }

    /// Neighbouring cells of one look.
    private struct Run {
        var x: Int
        var width: Int
        var style: Style
        var text: String
    }

    private func runs(of y: Int) -> [Run] {
        var runs: [Run] = []
        for (x, cell) in grid.row(y).enumerated() {
            var scalars = String.UnicodeScalarView()
            for value in [cell.scalar, cell.mark1, cell.mark2] where value != 0 {
                if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
            }
            if let last = runs.last, last.style == cell.style {
                runs[runs.count - 1].width += 1
                runs[runs.count - 1].text += String(scalars)
            } else {
                runs.append(Run(x: x, width: 1, style: cell.style, text: String(scalars)))
            }
        }
        return runs
    }

    private func ground(_ run: Run, _ y: Int) -> String? {
        let colors = colors(of: run.style)
        guard colors.back != Self.paper else { return nil }
        return
            "<rect x=\"\(Self.left(run.x))\" y=\"\(Self.top(y))\" width=\"\(Self.pixels(run.width * Self.cellWidth))\""
            + " height=\"\(Self.pixels(Self.cellHeight))\" fill=\"\(Self.hex(colors.back))\"/>"
    }

    private func text(_ run: Run, _ y: Int) -> String? {
        let body = Substring(run.text)
        let blanks = body.prefix { $0 == " " }.count
        let kept = body.dropFirst(blanks)
        let trailing = kept.reversed().prefix { $0 == " " }.count
        let width = run.width - blanks - trailing
        guard width > 0 else { return nil }
        var looks = ""
        if run.style.attributes.contains(.bold) { looks += " font-weight=\"bold\"" }
        if run.style.attributes.contains(.dim) { looks += " opacity=\"0.7\"" }
        if run.style.attributes.contains(.italic) { looks += " font-style=\"italic\"" }
        if run.style.attributes.contains(.underline) { looks += " text-decoration=\"underline\"" }
        return "<text x=\"\(Self.left(run.x + blanks))\" y=\"\(Self.pixels(80 + y * Self.cellHeight + 126))\""
            + " textLength=\"\(Self.pixels(width * Self.cellWidth))\" lengthAdjust=\"spacingAndGlyphs\""
            + " fill=\"\(Self.hex(colors(of: run.style).front))\"\(looks)>\(Self.escaped(kept.dropLast(trailing)))</text>"
    }

    private func colors(of style: Style) -> (front: (Int, Int, Int), back: (Int, Int, Int)) {
        var front = Self.rgb(style.foreground, else: Self.ink)
        var back = Self.rgb(style.background, else: Self.paper)
        if style.attributes.contains(.reverse) { swap(&front, &back) }
        return (front, back)
    }

    private static func rgb(_ color: TerminalColor, else standard: (Int, Int, Int)) -> (Int, Int, Int) {
        if case .index(let index) = color { Palette.rgb(Int(index)) } else { standard }
    }

    private static func hex(_ color: (Int, Int, Int)) -> String {
        "#" + [color.0, color.1, color.2].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func left(_ x: Int) -> String { pixels(80 + x * cellWidth) }
    private static func top(_ y: Int) -> String { pixels(80 + y * cellHeight) }

    /// Tenths as pixels.
    private static func pixels(_ tenths: Int) -> String {
        tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    private static func escaped(_ text: some StringProtocol) -> String {
        text.map { character in
            switch character {
            // Viewers differ in whether they keep several blanks.
            case " ": "\u{a0}"
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
    }
}
