/// How a series is drawn; decides glyphs, look and who wins where two share a cell.
package enum ChartLine: Hashable, Sendable {
    case measured
    case plan
    case forecast
    case other

    package var role: Role {
        switch self {
        case .measured: .measured
        case .plan: .plan
        case .forecast: .forecast
        case .other: .other
        }
    }

    package func glyphs(_ glyphs: Glyphs) -> LineGlyphs {
        switch self {
        case .measured: glyphs.measured
        case .plan: glyphs.plan
        case .forecast: glyphs.forecast
        case .other: glyphs.other
        }
    }

    /// Higher is drawn later and so stays visible.
    var priority: Int {
        switch self {
        case .other: 0
        case .forecast: 1
        case .measured: 2
        case .plan: 3
        }
    }
}

/// One series of a panel, a bucket per column.
package struct ChartSeries: Hashable, Sendable {
    package var name: String
    package var line: ChartLine
    package var columns: [ChartBucket?]
    /// Shades the area between zero and values below it.
    package var shadesNegative: Bool
    /// Marks missing columns between the first and the last value on the bottom row.
    package var marksGaps: Bool

    package init(
        name: String, line: ChartLine, columns: [ChartBucket?], shadesNegative: Bool = false, marksGaps: Bool = false
    ) {
        self.name = name
        self.line = line
        self.columns = columns
        self.shadesNegative = shadesNegative
        self.marksGaps = marksGaps
    }

    /// Columns without a value between the first and the last one.
    package var gaps: [Range<Int>] {
        guard let first = columns.firstIndex(where: { $0 != nil }), let last = columns.lastIndex(where: { $0 != nil })
        else {
            return []
        }
        var result: [Range<Int>] = []
        var start: Int?
        for column in first...last {
            if columns[column] == nil {
                start = start ?? column
            } else if let from = start {
                result.append(from..<column)
                start = nil
            }
        }
        return result
    }
}

/// The room between two quantiles.
package struct ChartBand: Hashable, Sendable {
    package var lower: [Double?]
    package var upper: [Double?]

    package init(lower: [Double?], upper: [Double?]) {
        self.lower = lower
        self.upper = upper
    }
}

/// A dashed line at a value, with its own label.
package struct ChartLimit: Hashable, Sendable {
    package var value: Double
    package var label: String

    package init(value: Double, label: String) {
        self.value = value
        self.label = label
    }
}

/// A single point such as a target.
package struct ChartMark: Hashable, Sendable {
    package var column: Int
    package var value: Double

    package init(column: Int, value: Double) {
        self.column = column
        self.value = value
    }
}

/// How a panel shows its series.
package enum ChartStyle: Hashable, Sendable {
    case lines
    /// Bars of the first series.
    case bars
}

/// One chart of a stack that shares its time axis.
package struct ChartPanel: Hashable, Sendable {
    package var title: [Span]
    package var series: [ChartSeries]
    package var bands: [ChartBand] = []
    package var limits: [ChartLimit] = []
    package var marks: [ChartMark] = []
    package var style = ChartStyle.lines
    package var includesZero = true
    /// Dots at the values that the axis names.
    package var showsGrid = false
    /// A range to keep while the data stay inside, so that panning does not make the axis jump.
    package var keptRange: ClosedRange<Double>?
    /// Said in the plot when there is nothing to draw.
    package var emptyText = "no data here"

    package init(title: [Span], series: [ChartSeries]) {
        self.title = title
        self.series = series
    }

    /// The smallest and largest value in the panel, limits and marks included; nil without any.
    package var valueRange: ClosedRange<Double>? {
        var low = Double.infinity
        var high = -Double.infinity
        func take(_ value: Double) {
            guard value.isDrawable else { return }
            low = min(low, value)
            high = max(high, value)
        }
        for series in series {
            for case let bucket? in series.columns where bucket.isFinite {
                take(bucket.minimum)
                take(bucket.maximum)
            }
        }
        for band in bands {
            for case let value? in band.lower + band.upper { take(value) }
        }
        guard low <= high else { return nil }
        for limit in limits { take(limit.value) }
        for mark in marks { take(mark.value) }
        return low...high
    }

    /// The scale for a number of rows.
    package func scale(rows: Int) -> ChartScale? {
        guard let range = valueRange else { return nil }
        var (low, high) = (range.lowerBound, range.upperBound)
        if let kept = keptRange, kept.lowerBound <= low, kept.upperBound >= high {
            (low, high) = (kept.lowerBound, kept.upperBound)
        }
        return .fitting(low: low, high: high, rows: rows, includesZero: includesZero)
    }
}

/// The time axis that all panels of a stack share.
package struct ChartAxis: Hashable, Sendable {
    /// A label that starts at a column.
    package struct Tick: Hashable, Sendable {
        package var column: Int
        package var label: String

        package init(column: Int, label: String) {
            self.column = column
            self.label = label
        }
    }

    package var count: Int
    package var ticks: [Tick]
    /// The column of the present, if it is in the window.
    package var now: Int?
    package var cursor: Int?

    package init(count: Int, ticks: [Tick] = [], now: Int? = nil, cursor: Int? = nil) {
        self.count = count
        self.ticks = ticks
        self.now = now
        self.cursor = cursor
    }
}
