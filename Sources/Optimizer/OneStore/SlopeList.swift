/// All pieces of a `OneStoreProblem`, and where the use of each begins: a position on the stock axis.
struct StepPieces {
    let slopes: UnsafeBufferPointer<Double>
    let lengths: UnsafeBufferPointer<Double>
    let begins: UnsafeMutableBufferPointer<Double>
}

/// The cheapest cost to reach each stock, as pieces of constant slope in ascending order: a deque in
/// one block of memory that never grows after its creation.
///
/// Retention scales all pieces at once: lengths are kept divided by `scale`, slopes multiplied by it.
struct SlopeList: ~Copyable {
    private var slopes: UnsafeMutablePointer<Double>
    private var lengths: UnsafeMutablePointer<Double>
    private let capacity: Int
    private var head: Int
    private var tail: Int
    private var scale = 1.0
    private var scaledLow: Double
    private var scaledHigh: Double

    /// The stock is known to be `stock`; up to `pieces` pieces will be merged in.
    init(stock: Double, pieces: Int) {
        capacity = pieces + 1
        slopes = .allocate(capacity: capacity)
        lengths = .allocate(capacity: capacity)
        head = 0
        tail = 0
        scaledLow = stock
        scaledHigh = stock
    }

    deinit {
        slopes.deallocate()
        lengths.deallocate()
    }

    /// The stocks that can be reached.
    var low: Double { scaledLow * scale }
    var high: Double { max(scaledLow, scaledHigh) * scale }

    /// All stocks shrink to this fraction.
    mutating func retain(_ fraction: Double) {
        guard fraction != 1 else { return }
        scale *= fraction
        if scale < 1e-60 { normalise() }
    }

    /// Lets each stock be moved by `lowest` plus any use of these pieces, and notes for each of them at
    /// which stock its use begins. Of equal slopes, what was there before is used first.
    mutating func merge(_ pieces: Range<Int>, of step: StepPieces, lowest: Double, factor: Double) {
        let toScaledLength = factor / scale
        let toScaledSlope = scale / factor
        var total = 0.0
        for piece in pieces { total += step.lengths[piece] }
        scaledLow += lowest * toScaledLength
        scaledHigh += (lowest + total) * toScaledLength
        var old = tail - 1
        var new = pieces.upperBound - 1
        var place = tail + pieces.count - 1
        var end = scaledHigh
        while new >= pieces.lowerBound {
            let slope = step.slopes[new] * toScaledSlope
            while old >= head, slopes[old] > slope {
                end -= lengths[old]
                slopes[place] = slopes[old]
                lengths[place] = lengths[old]
                old -= 1
                place -= 1
            }
            let length = step.lengths[new] * toScaledLength
            end -= length
            step.begins[new] = end * scale
            slopes[place] = slope
            lengths[place] = length
            new -= 1
            place -= 1
        }
        tail += pieces.count
    }

    /// Takes away what lies outside `lower ... upper`, which must overlap `low ... high`.
    mutating func cut(lower: Double, upper: Double) {
        let scaledLower = lower / scale
        let scaledUpper = upper / scale
        if scaledLow < scaledLower {
            var excess = scaledLower - scaledLow
            while head < tail, excess >= lengths[head] {
                excess -= lengths[head]
                head += 1
            }
            if head < tail { lengths[head] -= excess }
            scaledLow = scaledLower
        }
        if scaledHigh > scaledUpper {
            var excess = scaledHigh - scaledUpper
            while tail > head, excess >= lengths[tail - 1] {
                tail -= 1
                excess -= lengths[tail]
            }
            if tail > head { lengths[tail - 1] -= excess }
            scaledHigh = scaledUpper
        }
        // Rounding may leave the ends of an empty list a hair apart.
        if head == tail { scaledHigh = scaledLow }
    }

    /// The cheapest stock; of several, the lowest.
    var cheapest: Double {
        var stock = scaledLow
        for piece in head..<tail where slopes[piece] < 0 { stock += lengths[piece] }
        return min(stock, scaledHigh) * scale
    }

    private mutating func normalise() {
        for piece in head..<tail {
            slopes[piece] /= scale
            lengths[piece] *= scale
        }
        scaledLow *= scale
        scaledHigh *= scale
        scale = 1
    }
}
