/// One row per day (or week), one column per slot, darker where the value is higher.
package struct HeatMap: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package var label: String
        package var values: [Double?]

        package init(label: String, values: [Double?]) {
            self.label = label
            self.values = values
        }
    }

    package var rows: [Row]
    package var ticks: [ChartAxis.Tick]
    package var unit: String

    package init(rows: [Row], ticks: [ChartAxis.Tick] = [], unit: String = "") {
        self.rows = rows
        self.ticks = ticks
        self.unit = unit
    }

    /// The smallest and largest value.
    package var range: ClosedRange<Double>? {
        let known = rows.flatMap { $0.values.compactMap { $0 } }.filter(\.isDrawable)
        guard let low = known.min(), let high = known.max() else { return nil }
        return low...high
    }

    /// Draws the newest rows that fit, the time axis and a scale under them. Slots that do not fit are merged.
    package func draw(on canvas: inout Canvas, in rect: Rect, labelWidth: Int = 12) {
        guard let range, rect.height > 2, rect.width > labelWidth + 1 else {
            canvas.text("no data here", x: rect.x + 1, y: rect.y, role: .secondary)
            return
        }
        let slots = rows.map(\.values.count).max() ?? 1
        let cells = rect.width - labelWidth
        let width = slots <= cells ? slots * (cells / slots) : cells
        for (offset, row) in rows.suffix(rect.height - 2).enumerated() {
            let y = rect.y + offset
            canvas.text(row.label, x: rect.x, y: y, width: labelWidth - 1, role: .axis)
            for (x, value) in Strip.resampled(row.values, to: width).enumerated() {
                let glyph = value.map { shade($0, in: range, canvas.glyphs) } ?? canvas.glyphs.gap
                canvas.put(glyph, x: rect.x + labelWidth + x, y: y, role: value == nil ? .warning : .heat)
            }
        }
        var free = rect.x
        for tick in ticks where slots > 0 {
            let x = rect.x + labelWidth + tick.column * width / slots
            guard x >= free, x + TextWidth.of(tick.label) <= rect.endX else { continue }
            canvas.text(tick.label, x: x, y: rect.endY - 2, role: .axis)
            free = x + TextWidth.of(tick.label) + 1
        }
        canvas.text(legend(range, canvas.glyphs), x: rect.x + 1, y: rect.endY - 1, role: .secondary)
    }

    private func shade(_ value: Double, in range: ClosedRange<Double>, _ glyphs: Glyphs) -> Character {
        let span = range.upperBound - range.lowerBound
        let share = span > 0 ? (value - range.lowerBound) / span : 0.5
        return glyphs.shades[min(4, max(0, Int(share * 4.999)))]
    }

    private func legend(_ range: ClosedRange<Double>, _ glyphs: Glyphs) -> String {
        let step = (range.upperBound - range.lowerBound) / 5
        let parts = (0..<5).map { level in
            "'\(glyphs.shades[level])' \(NumberFormat.significant(range.lowerBound + step * Double(level)))"
        }
        return "from  " + parts.joined(separator: "  ") + (unit.isEmpty ? "" : " \(unit)") + "  '\(glyphs.gap)' none"
    }
}

/// How often values fall into ranges of equal width.
package struct Histogram: Hashable, Sendable {
    package struct Bin: Hashable, Sendable {
        package var range: Range<Double>
        package var count: Int
    }

    package var bins: [Bin]

    /// Counts values in about so many bins with round borders; the largest value counts to the last bin.
    package init(values: [Double], bins wanted: Int) {
        let finite = values.filter(\.isDrawable)
        guard let low = finite.min(), let high = finite.max() else {
            bins = []
            return
        }
        let step = ChartScale.niceStep(atLeast: high > low ? (high - low) / Double(max(1, wanted)) : max(1, abs(low)))
        let first = (low / step).rounded(.down)
        let count = max(1, Int((high / step).rounded(.down) - first) + 1)
        var counts = [Int](repeating: 0, count: count)
        for value in finite { counts[max(0, min(count - 1, Int((value / step).rounded(.down) - first)))] += 1 }
        bins = counts.enumerated().map { index, count in
            let lower = (first + Double(index)) * step
            return Bin(range: lower..<lower + step, count: count)
        }
    }

    /// One bar per bin: range, bar, count.
    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard let most = bins.map(\.count).max(), most > 0 else {
            canvas.text("no data here", x: rect.x + 1, y: rect.y, role: .secondary)
            return
        }
        let labels = bins.map {
            "\(NumberFormat.significant($0.range.lowerBound)) .. \(NumberFormat.significant($0.range.upperBound))"
        }
        let width = min(24, labels.map { TextWidth.of($0) }.max() ?? 0)
        let room = max(1, rect.width - width - 12)
        for (index, bin) in bins.prefix(rect.height).enumerated() {
            let y = rect.y + index
            canvas.text(labels[index], x: rect.x + 1, y: y, width: width, align: .right, role: .axis)
            let length = bin.count == 0 ? 0 : max(1, bin.count * room / most)
            canvas.fill(Rect(x: rect.x + width + 2, y: y, width: length, height: 1), canvas.glyphs.solid, role: .bar)
            canvas.text(" \(bin.count)", x: rect.x + width + 2 + length, y: y, role: .normal)
        }
    }
}
