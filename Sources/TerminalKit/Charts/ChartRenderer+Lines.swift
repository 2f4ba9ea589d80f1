extension ChartRenderer {
    /// A step line: every value holds over its column; an edge stands in the column where the new value begins.
    func draw(_ series: ChartSeries, scale: ChartScale, on canvas: inout Canvas, in plot: Rect) {
        let glyphs = series.line.glyphs(canvas.glyphs)
        let role = series.line.role
        var last: Int?
        for (column, bucket) in series.columns.prefix(plot.width).enumerated() {
            guard let bucket, bucket.isFinite else {
                last = nil
                continue
            }
            let x = plot.x + column
            let row = scale.row(of: bucket.mean)
            for spread in scale.row(
                of: bucket.maximum)...max(scale.row(of: bucket.maximum), scale.row(of: bucket.minimum))
            where spread != row {
                canvas.put(glyphs.vertical, x: x, y: plot.y + spread, role: role)
            }
            if let last, last != row {
                let rises = row < last
                for between in min(last, row) + 1..<max(last, row) {
                    canvas.put(glyphs.vertical, x: x, y: plot.y + between, role: role)
                }
                canvas.put(rises ? glyphs.upLeft : glyphs.downLeft, x: x, y: plot.y + last, role: role)
                canvas.put(rises ? glyphs.downRight : glyphs.upRight, x: x, y: plot.y + row, role: role)
            } else {
                canvas.put(glyphs.horizontal, x: x, y: plot.y + row, role: role)
            }
            last = row
        }
    }

    /// Shades what lies between zero and a value below it.
    func shade(_ series: ChartSeries, scale: ChartScale, on canvas: inout Canvas, in plot: Rect) {
        let zero = scale.row(of: 0)
        for (column, bucket) in series.columns.prefix(plot.width).enumerated() {
            guard let bucket, bucket.isFinite, bucket.mean < 0 else { continue }
            let row = scale.row(of: bucket.mean)
            guard row > zero else { continue }
            for y in zero..<row {
                canvas.put(canvas.glyphs.negativeShade, x: plot.x + column, y: plot.y + y, role: .negative)
            }
        }
    }

    /// The room between two quantiles: filled where the glyphs allow, else only its edges.
    func draw(_ band: ChartBand, scale: ChartScale, on canvas: inout Canvas, in plot: Rect) {
        for column in 0..<min(plot.width, band.lower.count, band.upper.count) {
            guard let lower = band.lower[column], let upper = band.upper[column], lower.isDrawable, upper.isDrawable
            else {
                continue
            }
            let top = scale.row(of: max(lower, upper))
            let bottom = scale.row(of: min(lower, upper))
            if let fill = canvas.glyphs.bandFill {
                for row in top...bottom { canvas.put(fill, x: plot.x + column, y: plot.y + row, role: .band) }
            } else {
                canvas.put(canvas.glyphs.bandEdge, x: plot.x + column, y: plot.y + top, role: .band)
                canvas.put(canvas.glyphs.bandEdge, x: plot.x + column, y: plot.y + bottom, role: .band)
            }
        }
    }
}
