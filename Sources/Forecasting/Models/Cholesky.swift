/// Solves symmetric positive definite systems of moderate size.
enum Cholesky {
    /// Solves `a x = b` in place of `b`; `a` is row-major n x n, its lower triangle is overwritten.
    /// Returns false when the matrix is not positive definite.
    static func solve(_ a: inout [Double], _ b: inout [Double]) -> Bool {
        let n = b.count
        return a.withUnsafeMutableBufferPointer { a in
            b.withUnsafeMutableBufferPointer { b in
                factor(a, n) && substitute(a, b, n)
            }
        }
    }

    private static func factor(_ a: UnsafeMutableBufferPointer<Double>, _ n: Int) -> Bool {
        for j in 0..<n {
            for i in j..<n {
                var sum = a[i * n + j]
                for k in 0..<j { sum -= a[i * n + k] * a[j * n + k] }
                if i == j {
                    guard sum > 1e-12 else { return false }
                    a[j * n + j] = sum.squareRoot()
                } else {
                    a[i * n + j] = sum / a[j * n + j]
                }
            }
        }
        return true
    }

    private static func substitute(
        _ a: UnsafeMutableBufferPointer<Double>, _ b: UnsafeMutableBufferPointer<Double>, _ n: Int
    ) -> Bool {
        for i in 0..<n {
            var sum = b[i]
            for k in 0..<i { sum -= a[i * n + k] * b[k] }
            b[i] = sum / a[i * n + i]
        }
        for i in (0..<n).reversed() {
            var sum = b[i]
            for k in (i + 1)..<max(n, i + 1) { sum -= a[k * n + i] * b[k] }
            b[i] = sum / a[i * n + i]
        }
        return true
    }
}
