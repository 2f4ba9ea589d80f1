extension ChartRenderer {
    /// Bars of the first series in eighths of a cell; negative values hang from the zero line in whole cells.
    func drawBars(_ panel: ChartPanel, on canvas: inout Canvas, in plot: Rect) {
        guard let range = panel.valueRange, let series = panel.series.first, plot.height > 0 else {
            drawEmpty(panel, on: &canvas, in: plot)
            return
        }
        let low = panel.includesZero ? min(0, range.lowerBound) : range.lowerBound
        let high = panel.includesZero ? max(0, range.upperBound) : range.upperBound
        let span = high - low > 0 ? high - low : 1
        let base = max(low, min(high, 0))
        let above = low < 0 ? Int((Double(plot.height) * max(0, high - base) / span).rounded()) : plot.height
        drawBarLabels(low: low, high: high, above: above, on: &canvas, in: plot)
        drawTimeLines(on: &canvas, in: plot)
        let positive = max(high - base, span / Double(8 * plot.height))
        for (column, bucket) in series.columns.prefix(plot.width).enumerated() {
            guard let bucket, bucket.isFinite else { continue }
            let x = plot.x + column
            if bucket.mean >= base {
                let share = (bucket.mean - base) / positive
                drawUp(
                    eighths: Int((share * Double(8 * above)).rounded()), isZero: bucket.mean == base, x: x,
                    bottom: plot.y + above - 1, rows: above, on: &canvas)
            } else {
                let cells = max(1, Int(((base - bucket.mean) / span * Double(plot.height)).rounded()))
                for row in 0..<min(cells, plot.height - above) {
                    canvas.put(canvas.glyphs.solidDown, x: x, y: plot.y + above + row, role: .negative)
                }
            }
        }
        if series.marksGaps {
            for column in series.gaps.joined() where column < plot.width {
                canvas.put(canvas.glyphs.gap, x: plot.x + column, y: plot.endY - 1, role: .warning)
            }
        }
        drawCursorTop(on: &canvas, in: plot)
    }

    private func drawUp(eighths: Int, isZero: Bool, x: Int, bottom: Int, rows: Int, on canvas: inout Canvas) {
        // A value just above the base still shows the lowest mark.
        var left = max(isZero ? 0 : 1, min(eighths, rows * 8))
        var y = bottom
        while left > 0, rows > 0 {
            let level = min(left, 8)
            canvas.put(level == 8 ? canvas.glyphs.solid : canvas.glyphs.levels[level - 1], x: x, y: y, role: .bar)
            left -= level
            y -= 1
        }
    }

    private func drawBarLabels(low: Double, high: Double, above: Int, on canvas: inout Canvas, in plot: Rect) {
        guard gutter > 1 else { return }
        func label(_ value: Double, row: Int) {
            canvas.text(
                NumberFormat.significant(value), x: plot.x - gutter, y: plot.y + row, width: gutter - 1, align: .right,
                role: .axis)
        }
        if plot.height == 1 {
            label(high, row: 0)
            return
        }
        label(high, row: 0)
        if low < 0 {
            if above > 1, above < plot.height { label(0, row: above - 1) }
            label(low, row: plot.height - 1)
        } else {
            label(low, row: plot.height - 1)
        }
    }
}
