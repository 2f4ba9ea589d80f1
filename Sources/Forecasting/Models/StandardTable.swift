/// The standardised columns of all samples, a constant and the target, padded for the vector unit.
struct StandardTable {
    let width: Int
    let columns: Int
    var centre: [Float]
    var scale: [Float]
    private var rows: [SIMD8<Float>]
    private let count: Int

    init(_ samples: SampleSet, columns: RidgeColumns) {
        let n = columns.count
        self.columns = n
        width = (n + 2 + 7) / 8 * 8
        count = samples.count
        centre = Array(repeating: 0, count: n)
        scale = Array(repeating: 0, count: n)
        rows = Array(repeating: .zero, count: count * width / 8)
        let width = width
        let count = count
        var centre = centre
        var scale = scale
        rows.withUnsafeMutableBytes { bytes in
            let z = bytes.bindMemory(to: Float.self)
            guard let start = z.baseAddress else { return }
            for r in 0..<count {
                samples.withRow(r) { columns.write($0, to: start + r * width) }
                z[r * width + n] = 1
                z[r * width + n + 1] = samples.targets[r]
            }
            for c in 0..<n {
                (centre[c], scale[c]) = Self.standardise(start + c, stride: width, count: count)
            }
        }
        self.centre = centre
        self.scale = scale
    }

    /// A constant column gets the factor zero.
    private static func standardise(_ p: UnsafeMutablePointer<Float>, stride: Int, count: Int) -> (Float, Float) {
        var sum = 0.0
        for r in 0..<count { sum += Double(p[r * stride]) }
        let mean = sum / Double(max(count, 1))
        var squares = 0.0
        for r in 0..<count {
            let d = Double(p[r * stride]) - mean
            squares += d * d
        }
        let deviation = (squares / Double(max(count, 1))).squareRoot()
        let scale = deviation > 1e-6 * max(abs(mean), 1e-12) ? Float(1 / deviation) : 0
        for r in 0..<count { p[r * stride] = (p[r * stride] - Float(mean)) * scale }
        return (Float(mean), scale)
    }

    func grams(weights: [Float], folds: [[Int32]]) -> [GramMatrix] {
        rows.withUnsafeBufferPointer { rows in
            folds.map { indices in
                var gram = GramMatrix(width: width)
                if let start = rows.baseAddress { gram.add(rows: start, indices: indices, weights: weights) }
                return gram
            }
        }
    }

    func residuals(_ b: [Float]) -> [Float] {
        rows.withUnsafeBytes { bytes in
            let z = bytes.bindMemory(to: Float.self)
            return (0..<count).map { r in
                var sum: Float = 0
                let start = r * width
                for c in 0...columns { sum += b[c] * z[start + c] }
                return z[start + columns + 1] - sum
            }
        }
    }
}
