/// Fills holes for the use in features; targets that are missing stay missing.
enum GapFilling {
    /// Short holes are bridged in a straight line, longer ones take the values of nearby days at the same time.
    static func filled(_ values: [Double], axis: TimeAxis) -> [Double] {
        var result = values
        let count = values.count
        let bridge = max(1, Int((2 / axis.hoursPerStep).rounded()))
        var i = 0
        while i < count {
            guard values[i].isNaN else {
                i += 1
                continue
            }
            var end = i
            while end < count, values[end].isNaN { end += 1 }
            if end - i > bridge {
                for t in i..<end { result[t] = fromNearbyDays(values, at: t, axis: axis) }
            }
            i = end
        }
        interpolate(&result)
        return result
    }

    /// Straight lines across what is still missing; the ends take the nearest value, an empty series zero.
    static func interpolate(_ values: inout [Double]) {
        var last = -1
        for i in values.indices where !values[i].isNaN {
            if last < 0 {
                for t in 0..<i { values[t] = values[i] }
            } else if i - last > 1 {
                let step = (values[i] - values[last]) / Double(i - last)
                for t in (last + 1)..<i { values[t] = values[last] + step * Double(t - last) }
            }
            last = i
        }
        for t in (last + 1)..<max(last + 1, values.count) { values[t] = last < 0 ? 0 : values[last] }
    }

    private static func fromNearbyDays(_ values: [Double], at t: Int, axis: TimeAxis) -> Double {
        var sum = 0.0
        var found = 0
        for days in [7, 1, 2, 14, -1, -7] {
            let other = days > 0 ? axis.lag(t, days: days) : axis.lead(t, days: -days)
            guard other >= 0, other < values.count, !values[other].isNaN else { continue }
            sum += values[other]
            found += 1
            if found == 2 { break }
        }
        return found == 0 ? .nan : sum / Double(found)
    }
}
