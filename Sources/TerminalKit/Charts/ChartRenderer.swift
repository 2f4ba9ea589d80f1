/// Draws panels and their axis. All panels of a stack get the same gutter so that their columns line up.
package struct ChartRenderer {
    package var axis: ChartAxis
    /// Cells for the labels at the left, the axis line included.
    package var gutter: Int

    package init(axis: ChartAxis, gutter: Int = 6) {
        self.axis = axis
        self.gutter = gutter
    }

    /// The plot columns that a width leaves.
    package static func columns(width: Int, gutter: Int = 6) -> Int { max(0, width - gutter) }

    /// Draws a panel with its title rule; without a title the plot takes the whole room.
    package func draw(_ panel: ChartPanel, on canvas: inout Canvas, in rect: Rect, focused: Bool = false) {
        guard !rect.isEmpty else { return }
        canvas.clipped(to: rect) { canvas in
            var body = rect
            if !panel.title.isEmpty {
                canvas.titleRule(panel.title, in: rect.row(0), focused: focused)
                body = rect.inset(top: 1)
            }
            let plot = body.inset(left: gutter)
            guard !body.isEmpty else { return }
            switch panel.style {
            case .bars: drawBars(panel, on: &canvas, in: plot)
            case .lines: drawLines(panel, on: &canvas, in: plot)
            }
        }
    }

    /// Draws the labels of the time axis into one row.
    package func drawAxis(on canvas: inout Canvas, in rect: Rect) {
        var free = rect.x
        for tick in axis.ticks where tick.column >= 0 && tick.column < axis.count {
            let x = rect.x + gutter + tick.column
            let width = TextWidth.of(tick.label)
            guard x >= free, x + width <= rect.endX else { continue }
            canvas.text(tick.label, x: x, y: rect.y, role: .axis)
            free = x + width + 1
        }
    }

    private func drawLines(_ panel: ChartPanel, on canvas: inout Canvas, in plot: Rect) {
        guard let scale = panel.scale(rows: plot.height) else {
            drawEmpty(panel, on: &canvas, in: plot)
            return
        }
        drawGutter(scale, on: &canvas, in: plot)
        for band in panel.bands { draw(band, scale: scale, on: &canvas, in: plot) }
        for series in panel.series where series.shadesNegative { shade(series, scale: scale, on: &canvas, in: plot) }
        drawReferences(panel, scale: scale, on: &canvas, in: plot)
        drawTimeLines(on: &canvas, in: plot)
        for series in panel.series.sorted(by: { $0.line.priority < $1.line.priority }) {
            draw(series, scale: scale, on: &canvas, in: plot)
        }
        for mark in panel.marks where mark.column >= 0 && mark.column < plot.width {
            canvas.put(
                canvas.glyphs.target, x: plot.x + mark.column, y: plot.y + scale.row(of: mark.value), role: .strong)
        }
        drawGaps(panel, on: &canvas, in: plot)
        drawCursorTop(on: &canvas, in: plot)
    }

    func drawEmpty(_ panel: ChartPanel, on canvas: inout Canvas, in plot: Rect) {
        for y in plot.y..<plot.endY { canvas.put(canvas.glyphs.axis, x: plot.x - 1, y: y, role: .axis) }
        drawTimeLines(on: &canvas, in: plot)
        canvas.text(panel.emptyText, x: plot.x + 1, y: plot.y + plot.height / 2, role: .secondary)
        drawCursorTop(on: &canvas, in: plot)
    }

    private func drawGutter(_ scale: ChartScale, on canvas: inout Canvas, in plot: Rect) {
        guard gutter > 0 else { return }
        for y in plot.y..<plot.endY { canvas.put(canvas.glyphs.axis, x: plot.x - 1, y: y, role: .axis) }
        for tick in scale.ticks {
            canvas.put(canvas.glyphs.axisTick, x: plot.x - 1, y: plot.y + tick.row, role: .axis)
            canvas.text(
                tick.label, x: plot.x - gutter, y: plot.y + tick.row, width: gutter - 1, align: .right, role: .axis)
        }
    }

    private func drawReferences(_ panel: ChartPanel, scale: ChartScale, on canvas: inout Canvas, in plot: Rect) {
        if panel.showsGrid {
            for tick in scale.ticks {
                for x in stride(from: plot.x + 3, to: plot.endX, by: 4) {
                    canvas.put(canvas.glyphs.zero, x: x, y: plot.y + tick.row, role: .axis)
                }
            }
        }
        if scale.top >= 0, scale.bottom <= 0 {
            canvas.fill(plot.row(scale.row(of: 0)), canvas.glyphs.zero, role: .zero)
        }
        for limit in panel.limits where scale.contains(limit.value) {
            let row = plot.row(scale.row(of: limit.value))
            canvas.fill(row, canvas.glyphs.limit, role: .limit)
            let width = min(TextWidth.of(limit.label), max(0, plot.width - 1))
            canvas.text(limit.label, x: row.endX - width - 1, y: row.y, width: width, role: .limit)
        }
    }

    func drawTimeLines(on canvas: inout Canvas, in plot: Rect) {
        for (column, glyph, role) in [
            (axis.now, canvas.glyphs.now, Role.now), (axis.cursor, canvas.glyphs.cursorLine, .cursor),
        ] {
            guard let column, column >= 0, column < plot.width else { continue }
            for y in plot.y..<plot.endY { canvas.put(glyph, x: plot.x + column, y: y, role: role) }
        }
    }

    func drawCursorTop(on canvas: inout Canvas, in plot: Rect) {
        guard let column = axis.cursor, column >= 0, column < plot.width else { return }
        canvas.put(canvas.glyphs.cursorTop, x: plot.x + column, y: plot.y, role: .cursor)
    }

    private func drawGaps(_ panel: ChartPanel, on canvas: inout Canvas, in plot: Rect) {
        guard plot.height > 0 else { return }
        for series in panel.series where series.marksGaps {
            for column in series.gaps.joined() where column < plot.width {
                canvas.put(canvas.glyphs.gap, x: plot.x + column, y: plot.endY - 1, role: .warning)
            }
        }
    }
}
