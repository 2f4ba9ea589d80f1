/// One cell of the screen: a scalar with up to two combining marks, and its look.
package struct Cell: Hashable, Sendable {
    /// Zero is the right half of the wide character before it.
    package var scalar: UInt32
    package var mark1: UInt32 = 0
    package var mark2: UInt32 = 0
    package var style: Style

    package init(scalar: UInt32, style: Style) {
        self.scalar = scalar
        self.style = style
    }

    package static let blank = Cell(scalar: 32, style: .plain)
    /// Whether this is the right half of a wide character.
    package var isContinuation: Bool { scalar == 0 }
}

/// A picture of the whole screen as a value. Everything written to it is made safe first: control characters become
/// question marks, invisible format characters vanish, wide characters never stand half.
package struct CellGrid: Hashable, Sendable {
    package let size: GridSize
    private var cells: [Cell]

    package init(size: GridSize, fill: Cell = .blank) {
        self.size = GridSize(columns: max(0, size.columns), rows: max(0, size.rows))
        cells = [Cell](repeating: fill, count: self.size.columns * self.size.rows)
    }

    /// The cell at a place, blank outside the grid.
    package subscript(x: Int, y: Int) -> Cell {
        guard x >= 0, y >= 0, x < size.columns, y < size.rows else { return .blank }
        return cells[y * size.columns + x]
    }

    /// All cells of a row.
    package func row(_ y: Int) -> ArraySlice<Cell> {
        guard y >= 0, y < size.rows else { return [] }
        return cells[y * size.columns..<(y + 1) * size.columns]
    }

    /// Writes text from a place on, not beyond `limit` (a column); returns the column after it.
    @discardableResult
    package mutating func write(_ text: String, x: Int, y: Int, limit: Int, from first: Int = 0, style: Style) -> Int {
        guard y >= 0, y < size.rows else { return x }
        let end = min(limit, size.columns)
        var column = x
        for scalar in text.unicodeScalars {
            switch ScalarWidth.treatment(of: scalar) {
            case .width(let width):
                if column + width > end {
                    if column < end, column >= first { put(Cell(scalar: 32, style: style), column, y) }
                    return end
                }
                if column >= first {
                    place(scalar.value < 32 ? 32 : scalar.value, width: width, column, y, style)
                }
                column += width
            case .replace:
                if column >= end { return end }
                if column >= first { place(63, width: 1, column, y, style) }
                column += 1
            case .combining:
                attach(scalar.value, before: column, y, notBefore: max(x, first))
            case .drop:
                break
            }
        }
        return column
    }

    /// Sets one cell of width one.
    package mutating func set(_ character: Character, x: Int, y: Int, style: Style) {
        guard x >= 0, y >= 0, x < size.columns, y < size.rows else { return }
        write(String(character), x: x, y: y, limit: x + 1, style: style)
    }

    /// Changes the look of cells, not their text.
    package mutating func restyle(x: Int, y: Int, width: Int, _ change: (inout Style) -> Void) {
        guard y >= 0, y < size.rows else { return }
        for column in max(0, x)..<max(max(0, x), min(x + width, size.columns)) {
            change(&cells[y * size.columns + column].style)
        }
    }

    private mutating func place(_ scalar: UInt32, width: Int, _ x: Int, _ y: Int, _ style: Style) {
        guard x >= 0 else { return }
        put(Cell(scalar: scalar, style: style), x, y)
        if width == 2 { put(Cell(scalar: 0, style: style), x + 1, y, isSecondHalf: true) }
    }

    private mutating func put(_ cell: Cell, _ x: Int, _ y: Int, isSecondHalf: Bool = false) {
        let index = y * size.columns + x
        // Whatever is cut in half by this cell turns blank.
        if cells[index].isContinuation, !isSecondHalf, x > 0 { cells[index - 1].scalar = 32 }
        if x + 1 < size.columns, cells[index + 1].isContinuation {
            cells[index + 1] = Cell(scalar: 32, style: cells[index + 1].style)
        }
        cells[index] = cell
    }

    private mutating func attach(_ mark: UInt32, before column: Int, _ y: Int, notBefore first: Int) {
        var x = column - 1
        if x >= 0, x < size.columns, cells[y * size.columns + x].isContinuation { x -= 1 }
        guard x >= first, x < size.columns else { return }
        let index = y * size.columns + x
        if cells[index].mark1 == 0 {
            cells[index].mark1 = mark
        } else if cells[index].mark2 == 0 {
            cells[index].mark2 = mark
        }
    }

    /// The text of a row without trailing blanks.
    package func line(_ y: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for cell in row(y) where !cell.isContinuation {
            for value in [cell.scalar, cell.mark1, cell.mark2] where value != 0 {
                if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
            }
        }
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// The text of all rows.
    package var lines: [String] { (0..<size.rows).map(line) }
    /// The whole picture as text, one line per row.
    package var text: String { lines.joined(separator: "\n") }
}
