/// What a chart column shows of a series: smallest, largest and mean value.
package struct ChartBucket: Hashable, Sendable {
    package var minimum: Double
    package var maximum: Double
    package var mean: Double

    package init(minimum: Double, maximum: Double, mean: Double) {
        self.minimum = minimum
        self.maximum = maximum
        self.mean = mean
    }

    package init(_ value: Double) {
        self.init(minimum: value, maximum: value, mean: value)
    }

    /// Both as one, of which the other makes up a share of the time; without spreading, edges lie where means do.
    func joined(with other: ChartBucket, share: Double, spreads: Bool) -> ChartBucket {
        func blended(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
        return ChartBucket(
            minimum: spreads ? min(minimum, other.minimum) : blended(minimum, other.minimum),
            maximum: spreads ? max(maximum, other.maximum) : blended(maximum, other.maximum),
            mean: blended(mean, other.mean))
    }

    /// Whether it can be drawn; beyond 1e300 the arithmetic of scales would overflow.
    var isFinite: Bool { minimum.isDrawable && maximum.isDrawable && mean.isDrawable }
}

extension Double {
    /// Finite, and small enough for differences to be finite too.
    var isDrawable: Bool { magnitude < 1e300 }
}

/// A value that holds from `start` to just before `end`; both in any whole unit of time.
package struct ChartSample: Hashable, Sendable {
    package var start: Int64
    package var end: Int64
    package var bucket: ChartBucket

    package init(start: Int64, end: Int64, bucket: ChartBucket) {
        self.start = start
        self.end = end
        self.bucket = bucket
    }

    package init(start: Int64, end: Int64, value: Double) {
        self.init(start: start, end: end, bucket: ChartBucket(value))
    }
}

/// Says which time a column stands for: column `i` covers the half-open interval from `start + i * step`.
package struct ColumnMapper: Hashable, Sendable {
    package var start: Int64
    /// Always positive.
    package var step: Int64
    package var count: Int

    package init(start: Int64, step: Int64, count: Int) {
        self.start = start
        self.step = max(1, step)
        self.count = max(0, count)
    }

    package var end: Int64 { start + step * Int64(count) }

    /// The column of a moment; nil when it is outside.
    package func column(of time: Int64) -> Int? {
        guard time >= start, time < end else { return nil }
        return Int((time - start) / step)
    }

    /// The interval of a column.
    package func interval(of column: Int) -> Range<Int64> {
        let from = start + Int64(column) * step
        return from..<from + step
    }

    /// The columns' values from samples in order of time. Samples that share a column give its span and their mean
    /// weighted by time. A sample at least as long as a column is held over all columns whose middle it covers, and of
    /// samples longer than half a column no two lie in one, so that only their means count: with nearly as many samples as
    /// columns every edge would otherwise look like a spread. Values that are not finite are missing.
    package func columns(of samples: [ChartSample]) -> [ChartBucket?] {
        var result = [ChartBucket?](repeating: nil, count: count)
        var weights = [Double](repeating: 0, count: count)
        for sample in samples where sample.bucket.isFinite && sample.end > start && sample.start < end {
            if sample.end - sample.start >= step {
                hold(sample, in: &result)
                continue
            }
            let from = Int((max(sample.start, start) - start) / step)
            let to = Int((min(max(sample.end, sample.start + 1), end) - 1 - start) / step)
            for column in from...max(from, to) {
                let interval = interval(of: column)
                let overlap = Double(
                    max(1, min(sample.end, interval.upperBound) - max(sample.start, interval.lowerBound)))
                guard let old = result[column] else {
                    result[column] = sample.bucket
                    weights[column] = overlap
                    continue
                }
                let sum = weights[column] + overlap
                let isAlone = (sample.end - sample.start) > step / 2
                result[column] = old.joined(with: sample.bucket, share: overlap / sum, spreads: !isAlone)
                weights[column] = sum
            }
        }
        return result
    }

    private func hold(_ sample: ChartSample, in result: inout [ChartBucket?]) {
        // The first column whose middle is not before the sample, and the first whose middle is not before its end.
        func column(atOrAfter time: Int64) -> Int {
            let distance = time - start - step / 2
            return distance <= 0 ? 0 : Int((distance + step - 1) / step)
        }
        let from = column(atOrAfter: sample.start)
        let to = min(count, column(atOrAfter: sample.end))
        if from < to { for index in from..<to { result[index] = sample.bucket } }
    }

    /// The columns' values from moments (state of charge, temperature): between two that are not further apart than
    /// `longest`, the straight line between them is sampled at the columns' middles.
    package func columns(ofInstants points: [(time: Int64, value: Double)], longest: Int64) -> [ChartBucket?] {
        let finite = points.filter { $0.value.isFinite }
        var result = columns(of: finite.map { ChartSample(start: $0.time, end: $0.time + 1, value: $0.value) })
        for (a, b) in zip(finite, finite.dropFirst()) where b.time > a.time && b.time - a.time <= longest {
            guard b.time >= start, a.time < end else { continue }
            let from = Int((max(a.time, start) - start) / step)
            let to = Int((min(b.time, end - 1) - start) / step)
            for column in from...max(from, to) where result[column] == nil {
                let middle = Double(start) + (Double(column) + 0.5) * Double(step)
                let share = min(1, max(0, (middle - Double(a.time)) / Double(b.time - a.time)))
                result[column] = ChartBucket(a.value + (b.value - a.value) * share)
            }
        }
        return result
    }
}
