/// A continuous piecewise linear function on an interval, not necessarily convex: its corners, from
/// left to right.
struct CostCurve {
    /// A corner, or an end of the interval.
    struct Point {
        var place: Double
        var cost: Double
    }

    private(set) var points: [Point]

    init(_ points: [Point]) { self.points = points }

    var low: Double { points[0].place }
    var high: Double { points[points.count - 1].place }

    /// Adds a point to the right. Leaves out corners that are none but for rounding.
    private mutating func append(_ point: Point) {
        guard let last = points.last else { return points.append(point) }
        if point.place - last.place <= 1e-12 * max(1, abs(point.place)) { return }
        if points.count >= 2 {
            let straight = Self.value(between: points[points.count - 2], point, at: last.place)
            if abs(straight - last.cost) <= 1e-12 * max(1, abs(last.cost)) { points.removeLast() }
        }
        points.append(point)
    }

    /// The function stretched along the axis.
    func stretched(by factor: Double) -> CostCurve {
        guard factor != 1 else { return self }
        return CostCurve(points.map { Point(place: $0.place * factor, cost: $0.cost) })
    }

    /// The function on a part of its interval. The part must overlap it.
    func cut(to lower: Double, _ upper: Double) -> CostCurve {
        guard lower > low || upper < high else { return self }
        let (from, to) = (min(max(lower, low), high), max(min(upper, high), low))
        var result = CostCurve([Point(place: from, cost: value(at: from))])
        for point in points where point.place > from && point.place < to { result.append(point) }
        result.append(Point(place: to, cost: value(at: to)))
        return result
    }

    /// The value at a place within the interval.
    func value(at place: Double) -> Double {
        var (left, right) = (0, points.count - 1)
        while right - left > 1 {
            let middle = (left + right) / 2
            if points[middle].place <= place { left = middle } else { right = middle }
        }
        return Self.value(between: points[left], points[right], at: place)
    }

    static func value(between left: Point, _ right: Point, at place: Double) -> Double {
        guard right.place > left.place else { return left.cost }
        let share = min(max((place - left.place) / (right.place - left.place), 0), 1)
        return left.cost + share * (right.cost - left.cost)
    }

    /// The place of the least value; of several, the leftmost.
    var lowest: Point { points.dropFirst().reduce(points[0]) { $1.cost < $0.cost ? $1 : $0 } }
}

extension CostCurve {
    /// The cheapest way to divide each amount between this function and another:
    /// `result(s) = min over d of self(s - d) + other(d)`.
    ///
    /// Two convex functions are combined by merging their pieces in order of slope. Others are taken
    /// apart into convex runs; the cheapest of all combinations counts.
    func combined(with other: CostCurve) -> CostCurve {
        let own = convexRuns
        return other.convexRuns.map { run in
            Self.envelope(of: own.map { Self.merge($0, run) }[...])
        }.reduce(nil as CostCurve?) { $0.map { [curve = $1] in Self.lower($0, curve) } ?? $1 } ?? self
    }

    /// Maximal stretches in which slopes ascend.
    private var convexRuns: [ArraySlice<Point>] {
        var runs: [ArraySlice<Point>] = []
        var start = 0
        var slope = -Double.infinity
        for index in points.indices.dropFirst() {
            let next =
                (points[index].cost - points[index - 1].cost) / (points[index].place - points[index - 1].place)
            if next < slope {
                runs.append(points[start...index - 1])
                start = index - 1
            }
            slope = next
        }
        runs.append(points[start...])
        return runs
    }

    private static func merge(_ first: ArraySlice<Point>, _ second: ArraySlice<Point>) -> CostCurve {
        var (i, j) = (first.startIndex, second.startIndex)
        var result = CostCurve([Point(place: first[i].place + second[j].place, cost: first[i].cost + second[j].cost)])
        while i < first.endIndex - 1 || j < second.endIndex - 1 {
            let takesFirst: Bool
            if i == first.endIndex - 1 {
                takesFirst = false
            } else if j == second.endIndex - 1 {
                takesFirst = true
            } else {
                takesFirst = slope(first, i) <= slope(second, j)
            }
            if takesFirst { i += 1 } else { j += 1 }
            result.append(Point(place: first[i].place + second[j].place, cost: first[i].cost + second[j].cost))
        }
        return result
    }

    private static func slope(_ points: ArraySlice<Point>, _ index: Int) -> Double {
        (points[index + 1].cost - points[index].cost) / (points[index + 1].place - points[index].place)
    }

    /// The lowest of several curves, each of which begins before the one before it ends.
    private static func envelope(of curves: ArraySlice<CostCurve>) -> CostCurve {
        guard curves.count > 1 else { return curves[curves.startIndex] }
        let middle = curves.startIndex + curves.count / 2
        return lower(envelope(of: curves[..<middle]), envelope(of: curves[middle...]))
    }

    /// The lower of two curves whose intervals overlap or touch, `first` beginning first.
    private static func lower(_ first: CostCurve, _ second: CostCurve) -> CostCurve {
        let (a, b) = (first.points, second.points)
        var result = CostCurve([])
        result.points.reserveCapacity(a.count + b.count)
        var (i, j) = (0, 0)
        while i < a.count, a[i].place < b[0].place {
            result.append(a[i])
            i += 1
        }
        var place = max(b[0].place, a[0].place)
        let end = min(a[a.count - 1].place, b[b.count - 1].place)
        i = max(i, 1)
        j = 1
        var previous = result.extend(to: place, a, i, b, j)
        while place < end, i < a.count, j < b.count {
            let next = min(a[i].place, b[j].place)
            let (costA, costB) = (value(between: a[i - 1], a[i], at: next), value(between: b[j - 1], b[j], at: next))
            result.cross(from: place, previous, to: next, (costA, costB))
            result.append(Point(place: next, cost: min(costA, costB)))
            previous = (costA, costB)
            place = next
            if a[i].place <= next { i += 1 }
            if j < b.count, b[j].place <= next { j += 1 }
        }
        while i < a.count {
            result.append(a[i])
            i += 1
        }
        while j < b.count {
            result.append(b[j])
            j += 1
        }
        return result
    }

    /// Where both curves have begun: adds the lower value; returns both.
    private mutating func extend(
        to place: Double, _ a: [Point], _ i: Int, _ b: [Point], _ j: Int
    ) -> (Double, Double) {
        let costA = i < a.count ? Self.value(between: a[i - 1], a[i], at: place) : a[a.count - 1].cost
        let costB = j < b.count ? Self.value(between: b[j - 1], b[j], at: place) : b[b.count - 1].cost
        append(Point(place: place, cost: min(costA, costB)))
        return (costA, costB)
    }

    /// Adds the corner where two lines cross, if they do.
    private mutating func cross(
        from left: Double, _ before: (a: Double, b: Double), to right: Double, _ after: (a: Double, b: Double)
    ) {
        let (gapBefore, gapAfter) = (before.a - before.b, after.a - after.b)
        guard gapBefore * gapAfter < 0 else { return }
        let share = gapBefore / (gapBefore - gapAfter)
        append(Point(place: left + share * (right - left), cost: before.a + share * (after.a - before.a)))
    }
}
