/// Sums of weighted products of columns: the hot loop of the ridge regression.
struct GramMatrix {
    /// Columns, a multiple of eight.
    let width: Int
    private(set) var sums: [SIMD8<Float>]

    init(width: Int) {
        self.width = width
        sums = Array(repeating: .zero, count: width * width / 8)
    }

    /// Adds weight times the outer product of each listed row; only the part right of the diagonal block is kept.
    mutating func add(rows: UnsafePointer<SIMD8<Float>>, indices: [Int32], weights: [Float]) {
        let lanes = width / 8
        let width = width
        sums.withUnsafeMutableBufferPointer { sums in
            guard let g = sums.baseAddress else { return }
            var n = 0
            while n + 4 <= indices.count {
                Self.addFour(g, rows, lanes, width, indices, weights, n)
                n += 4
            }
            while n < indices.count {
                let z = rows + Int(indices[n]) * lanes
                let w = weights[Int(indices[n])]
                for i in 0..<width {
                    let a = w * z[i >> 3][i & 7]
                    for v in (i >> 3)..<lanes { g[i * lanes + v] += a * z[v] }
                }
                n += 1
            }
        }
    }

    @inline(__always)
    private static func addFour(
        _ g: UnsafeMutablePointer<SIMD8<Float>>, _ rows: UnsafePointer<SIMD8<Float>>, _ lanes: Int, _ width: Int,
        _ indices: [Int32], _ weights: [Float], _ n: Int
    ) {
        let i0 = Int(indices[n])
        let i1 = Int(indices[n + 1])
        let i2 = Int(indices[n + 2])
        let i3 = Int(indices[n + 3])
        let (w0, w1, w2, w3) = (weights[i0], weights[i1], weights[i2], weights[i3])
        let (z0, z1, z2, z3) = (rows + i0 * lanes, rows + i1 * lanes, rows + i2 * lanes, rows + i3 * lanes)
        for block in 0..<lanes {
            let (b0, b1, b2, b3) = (z0[block] * w0, z1[block] * w1, z2[block] * w2, z3[block] * w3)
            for lane in 0..<8 {
                let (a0, a1, a2, a3) = (b0[lane], b1[lane], b2[lane], b3[lane])
                let row = g + (block * 8 + lane) * lanes
                for v in block..<lanes {
                    let first = a0 * z0[v] + a1 * z1[v]
                    row[v] += first + (a2 * z2[v] + a3 * z3[v])
                }
            }
        }
    }

    static func + (a: GramMatrix, b: GramMatrix) -> GramMatrix {
        var result = a
        for i in result.sums.indices { result.sums[i] += b.sums[i] }
        return result
    }

    static func - (a: GramMatrix, b: GramMatrix) -> GramMatrix {
        var result = a
        for i in result.sums.indices { result.sums[i] -= b.sums[i] }
        return result
    }

    subscript(i: Int, j: Int) -> Double {
        let (row, column) = i <= j ? (i, j) : (j, i)
        return Double(sums[(row * width + column) >> 3][column & 7])
    }
}
