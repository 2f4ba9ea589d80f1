import Foundation

/// Turns a feature row into the columns of the ridge regression.
struct RidgeColumns: Sendable {
    let count: Int
    private let regressors: Int

    private static let plain = [0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14]

    init(regressors: Int) {
        self.regressors = regressors
        count = Self.plain.count + 10 + 9 * regressors
    }

    func write(_ row: UnsafePointer<Float>, to out: UnsafeMutablePointer<Float>) {
        var n = 0
        for i in Self.plain {
            out[n] = row[i]
            n += 1
        }
        let angle = row[16] * (2 * Float.pi / 24)
        let (s1, c1) = (sinf(angle), cosf(angle))
        let (s2, c2) = (2 * s1 * c1, c1 * c1 - s1 * s1)
        let (s3, c3) = (s2 * c1 + c2 * s1, c2 * c1 - s2 * s1)
        for value in [s1, c1, s2, c2, s3, c3] {
            out[n] = value
            n += 1
        }
        let type = row[18]
        out[n] = type == 1 ? 1 : 0
        out[n + 1] = type == 2 ? 1 : 0
        out[n + 2] = type == 0 && row[17] == 0 ? 1 : 0
        out[n + 3] = type == 0 && row[17] == 4 ? 1 : 0
        n += 4
        for j in 0..<regressors {
            let x = row + FeatureBuilder.base + j * FeatureBuilder.perRegressor
            let terms = [
                x[0], x[1], x[2], x[3], x[0] * x[0], x[2] * x[2], x[4] * x[4], x[0] * s1, x[0] * c1,
            ]
            for value in terms {
                out[n] = value
                n += 1
            }
        }
    }
}
