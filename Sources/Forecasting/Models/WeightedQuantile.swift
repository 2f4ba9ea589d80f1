/// A value and how much it counts.
struct Weighted {
    var value: Float
    var weight: Float
}

extension UnsafeMutableBufferPointer<Weighted> {
    /// The smallest value with at least the share `q` of the weight at or below it; reorders the buffer.
    func quantile(_ q: Float) -> Float {
        guard !isEmpty else { return 0 }
        var total: Float = 0
        for element in self { total += element.weight }
        var wanted = q * total
        var low = 0
        var high = count - 1
        while low < high {
            let pivot = medianOfThree(low, (low + high) / 2, high)
            var below = low
            var above = high
            var i = low
            var weightBelow: Float = 0
            var weightEqual: Float = 0
            while i <= above {
                let element = self[i]
                if element.value < pivot {
                    weightBelow += element.weight
                    swapAt(i, below)
                    below += 1
                    i += 1
                } else if element.value > pivot {
                    swapAt(i, above)
                    above -= 1
                } else {
                    weightEqual += element.weight
                    i += 1
                }
            }
            if wanted <= weightBelow, below > low {
                high = below - 1
            } else if wanted <= weightBelow + weightEqual || above >= high {
                return pivot
            } else {
                wanted -= weightBelow + weightEqual
                low = above + 1
            }
        }
        return self[low].value
    }

    @inline(__always)
    private func medianOfThree(_ i: Int, _ j: Int, _ k: Int) -> Float {
        let a = self[i].value
        let b = self[j].value
        let c = self[k].value
        return Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
    }
}

/// The smallest value with at least the share `q` of the values at or below it.
func sampleQuantile(_ values: [Float], _ q: Float) -> Float {
    var pairs = values.map { Weighted(value: $0, weight: 1) }
    return pairs.withUnsafeMutableBufferPointer { $0.quantile(q) }
}

/// Quantile of plain values, with a straight line between neighbours.
func quantile(_ values: [Double], _ q: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let position = q * Double(sorted.count - 1)
    let low = Int(position)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
}
