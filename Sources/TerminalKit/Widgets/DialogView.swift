/// A framed box over the screen.
package struct DialogView {
    package var title: String
    package var width: Int
    package var height: Int

    package init(title: String, width: Int, height: Int) {
        self.title = title
        self.width = width
        self.height = height
    }

    /// Draws the frame in the middle of a rectangle; returns the room inside it.
    package func drawFrame(on canvas: inout Canvas, in rect: Rect) -> Rect {
        let box = rect.centred(width: width, height: height)
        guard box.width > 2, box.height > 2 else { return Rect(x: box.x, y: box.y, width: 0, height: 0) }
        let lines = canvas.glyphs.frame
        canvas.fill(box, role: .dialog)
        canvas.fill(box.row(0), lines.horizontal, role: .dialog)
        canvas.fill(box.row(box.height - 1), lines.horizontal, role: .dialog)
        for y in box.y..<box.endY {
            canvas.put(lines.vertical, x: box.x, y: y, role: .dialog)
            canvas.put(lines.vertical, x: box.endX - 1, y: y, role: .dialog)
        }
        canvas.put(lines.downRight, x: box.x, y: box.y, role: .dialog)
        canvas.put(lines.downLeft, x: box.endX - 1, y: box.y, role: .dialog)
        canvas.put(lines.upRight, x: box.x, y: box.endY - 1, role: .dialog)
        canvas.put(lines.upLeft, x: box.endX - 1, y: box.endY - 1, role: .dialog)
        if box.width > 6 {
            canvas.spans([Span(" \(title) ", .dialogTitle)], x: box.x + 2, y: box.y, width: box.width - 4)
        }
        return box.inset(left: 2, top: 1, right: 2, bottom: 1)
    }
}

/// A bar that shows how far a piece of work is.
package struct ProgressBar {
    /// 0...1
    package var fraction: Double

    package init(fraction: Double) {
        self.fraction = fraction.isFinite ? min(1, max(0, fraction)) : 0
    }

    package func text(width: Int, glyphs: Glyphs) -> String {
        let done = Int((fraction * Double(width)).rounded())
        return String(repeating: glyphs.progressDone, count: max(0, done))
            + String(repeating: glyphs.progressLeft, count: max(0, width - done))
    }
}
