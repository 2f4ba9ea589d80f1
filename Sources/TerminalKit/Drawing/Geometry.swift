/// Columns and rows of a screen.
package struct GridSize: Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// A cell's place; the upper left one is (0, 0).
package struct GridPoint: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// A rectangle of cells. Width and height are never negative: what does not fit is empty.
package struct Rect: Hashable, Sendable {
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// One past the last column.
    package var endX: Int { x + width }
    /// One past the last row.
    package var endY: Int { y + height }
    package var isEmpty: Bool { width == 0 || height == 0 }

    package func contains(_ point: GridPoint) -> Bool {
        point.x >= x && point.x < endX && point.y >= y && point.y < endY
    }

    package func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(x: left, y: top, width: min(endX, other.endX) - left, height: min(endY, other.endY) - top)
    }

    /// The same rectangle so many rows lower.
    package func moved(down rows: Int) -> Rect { Rect(x: x, y: y + rows, width: width, height: height) }

    /// The rectangle without so many cells at each side.
    package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
        Rect(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
    }

    /// The first rows, and what is left under them.
    package func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
        let taken = min(max(0, rows), height)
        return (
            Rect(x: x, y: y, width: width, height: taken),
            Rect(x: x, y: y + taken, width: width, height: height - taken)
        )
    }

    /// The last rows, and what is left above them.
    package func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
        let taken = min(max(0, rows), height)
        let (rest, bottom) = splitTop(height - taken)
        return (rest, bottom)
    }

    /// The first columns, and what is left of them to the right.
    package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
        let taken = min(max(0, columns), width)
        return (
            Rect(x: x, y: y, width: taken, height: height),
            Rect(x: x + taken, y: y, width: width - taken, height: height)
        )
    }

    /// The row at an offset from the top; empty when there is none.
    package func row(_ offset: Int) -> Rect {
        offset >= 0 && offset < height
            ? Rect(x: x, y: y + offset, width: width, height: 1) : Rect(x: x, y: y, width: 0, height: 0)
    }

    /// A rectangle of at most this size in the middle of this one.
    package func centred(width wanted: Int, height tall: Int) -> Rect {
        let w = min(wanted, width)
        let h = min(tall, height)
        return Rect(x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h)
    }
}
