/// Minimises a convex function of one number, exactly if it is piecewise linear.
enum ConvexSearch {
    /// A value of the function, and a slope of it there (any, at a kink).
    struct Sample {
        let place: Double
        let value: Double
        let slope: Double
    }

    /// The minimum over `low ... high`. `evaluate` says nil where the function is not defined, which
    /// may be so from `low` up to some place, but not at `high`.
    ///
    /// Between a falling and a rising sample the next place to look is where their tangents meet; when
    /// the function is found to touch that point, it cannot be lower anywhere.
    static func minimum(
        from low: Double, to high: Double, evaluate: (Double) -> (value: Double, slope: Double)?
    ) -> Sample? {
        func sample(_ place: Double) -> Sample? {
            evaluate(place).map { Sample(place: place, value: $0.value, slope: $0.slope) }
        }
        guard var right = sample(high) else { return nil }
        if right.slope <= 0 { return right }
        var left = sample(low)
        if let left, left.slope >= 0 { return left }
        var undefined = low
        for _ in 0..<200 {
            guard let falling = left else {
                let middle = (undefined + right.place) / 2
                guard middle > undefined, middle < right.place else { return right }
                guard let found = sample(middle) else {
                    undefined = middle
                    continue
                }
                if found.slope < 0 { left = found } else { right = found }
                continue
            }
            let meet = meeting(falling, right)
            guard meet.place > falling.place, meet.place < right.place, let found = sample(meet.place) else { break }
            if found.value <= meet.value + 1e-12 * max(1, abs(meet.value)) || found.slope == 0 { return found }
            if found.slope < 0 { left = found } else { right = found }
        }
        guard let left, left.value < right.value else { return right }
        return left
    }

    private static func meeting(_ left: Sample, _ right: Sample) -> (place: Double, value: Double) {
        let place =
            left.place + (right.value - left.value - right.slope * (right.place - left.place))
            / (left.slope - right.slope)
        return (place, left.value + left.slope * (place - left.place))
    }
}
