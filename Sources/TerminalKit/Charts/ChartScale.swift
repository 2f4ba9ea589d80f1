/// Which values the rows of a panel stand for. Ticks fall exactly on rows.
package struct ChartScale: Hashable, Sendable {
    package let rows: Int
    /// The value of the uppermost row.
    package let top: Double
    /// The difference between two rows.
    package let perRow: Double
    package let ticks: [ChartTick]

    /// The lowest row's value.
    package var bottom: Double { top - perRow * Double(max(0, rows - 1)) }

    /// The row nearest to a value, kept inside the panel.
    package func row(of value: Double) -> Int {
        let row = ((top - value) / perRow).rounded()
        return row <= 0 ? 0 : row >= Double(rows - 1) ? max(0, rows - 1) : Int(row)
    }

    /// Whether a value is on the scale.
    package func contains(_ value: Double) -> Bool {
        value <= top + perRow / 2 && value >= bottom - perRow / 2
    }

    /// A scale for values from `low` to `high`.
    package static func fitting(low: Double, high: Double, rows: Int, includesZero: Bool) -> ChartScale {
        var (low, high) = low <= high && low.isFinite && high.isFinite ? (low, high) : (0, 1)
        if includesZero {
            low = min(low, 0)
            high = max(high, 0)
            if low == high { high = 1 }
        }
        if high - low < max(abs(high), abs(low)) * 1e-9 || high == low {
            let room = high == 0 ? 1 : abs(high) * 0.1
            if includesZero, high > 0 { low = 0 } else if includesZero, low < 0 { high = 0 } else { low -= room }
            if high == low || !includesZero { high += room }
        }
        return best(low: low, high: high, rows: max(1, rows))
    }

    private static func best(low: Double, high: Double, rows: Int) -> ChartScale {
        let rough = (high - low) / Double(max(1, rows - 1))
        var found: (perRow: Double, step: Double)?
        let choices = rows >= 10 ? 3...5 : rows >= 7 ? 2...3 : rows == 6 ? 1...3 : rows >= 4 ? 1...2 : 1...1
        for rowsPerTick in choices {
            var step = niceStep(atLeast: rough * Double(rowsPerTick))
            for _ in 0..<4 {
                let perRow = step / Double(rowsPerTick)
                let used = (high / perRow).rounded(.up) - (low / perRow).rounded(.down)
                if used <= Double(rows - 1) || rows == 1 {
                    if found.map({ perRow < $0.perRow }) ?? true { found = (perRow, step) }
                    break
                }
                step = niceStep(atLeast: step * 1.01)
            }
        }
        let (perRow, step) = found ?? (rough, niceStep(atLeast: rough))
        var topRow = (high / perRow - 1e-9).rounded(.up)
        let spare = Double(rows - 1) - (topRow - (low / perRow + 1e-9).rounded(.down))
        topRow += max(0, (spare / 2).rounded(.down))
        return ChartScale(rows: rows, top: topRow * perRow, perRow: perRow, step: step)
    }

    private init(rows: Int, top: Double, perRow: Double, step: Double) {
        self.rows = rows
        self.top = top
        self.perRow = perRow
        let decimals = NumberFormat.decimals(ofStep: step)
        var ticks: [ChartTick] = []
        for row in 0..<rows {
            let value = top - perRow * Double(row)
            let ratio = value / step
            guard abs(ratio - ratio.rounded()) < 1e-6 else { continue }
            let clean = abs(ratio.rounded()) < 0.5 ? 0 : ratio.rounded() * step
            ticks.append(ChartTick(row: row, value: clean, label: NumberFormat.tick(clean, decimals: decimals)))
        }
        if ticks.isEmpty {
            ticks = [ChartTick(row: 0, value: top, label: NumberFormat.tick(top, decimals: decimals))]
        }
        self.ticks = ticks
    }

    /// The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below a value.
    package static func niceStep(atLeast value: Double) -> Double {
        guard value > 0, value.isFinite else { return 1 }
        var power = 1.0
        while power > value { power /= 10 }
        while power * 10 <= value { power *= 10 }
        for factor in [1, 2, 2.5, 5, 10] where factor * power >= value * 0.999999 { return factor * power }
        return power * 10
    }
}

/// A labelled row of a panel.
package struct ChartTick: Hashable, Sendable {
    package var row: Int
    package var value: Double
    package var label: String
}
