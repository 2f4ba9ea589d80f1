import EnergyCore
import Foundation
import TestSupport
import Testing

@testable import Forecasting

@Suite("Building blocks")
struct ModelTests {
    @Test("weighted quantiles agree with sorting")
    func quantiles() {
        var random = SeededGenerator(seed: 3)
        for count in [1, 2, 3, 10, 101, 500] {
            for q in [Float(0.1), 0.5, 0.9] {
                var pairs = (0..<count).map { _ in
                    Weighted(
                        value: Float(Int.random(in: 0...40, using: &random)),
                        weight: Float.random(in: 0.5...2, using: &random))
                }
                let sorted = pairs.sorted { $0.value < $1.value }
                let total = sorted.reduce(Float(0)) { $0 + $1.weight }
                var sum: Float = 0
                var expected = sorted[0].value
                for pair in sorted {
                    sum += pair.weight
                    expected = pair.value
                    if sum >= q * total * 0.99999 { break }
                }
                let found = pairs.withUnsafeMutableBufferPointer { $0.quantile(q) }
                let position = Float(sorted.filter { $0.value < found }.reduce(0) { $0 + $1.weight }) / total
                let end = Float(sorted.filter { $0.value <= found }.reduce(0) { $0 + $1.weight }) / total
                #expect(position <= q + 0.001 && end >= q - 0.001, "\(found) instead of \(expected)")
            }
        }
    }

    @Test("symmetric systems are solved, singular ones are told")
    func cholesky() {
        var a = [4.0, 0, 0, 2, 5, 0, 1, 3, 6]
        var b: [Double] = [11, 21, 25]
        #expect(Cholesky.solve(&a, &b))
        #expect(zip(b, [1, 2, 3.0]).allSatisfy { abs($0 - $1) < 1e-12 })
        var singular = [1.0, 0, 1, 1]
        var right = [1.0, 1]
        #expect(!Cholesky.solve(&singular, &right))
    }

    @Test("the Gram matrix is the sum of weighted products")
    func gram() {
        var random = SeededGenerator(seed: 9)
        let rows = (0..<11).map { _ in (0..<16).map { _ in Float.random(in: -1...1, using: &random) } }
        let weights = rows.indices.map { Float($0 + 1) }
        let packed = rows.flatMap { row in
            [SIMD8<Float>(row[0..<8]), SIMD8<Float>(row[8..<16])]
        }
        var gram = GramMatrix(width: 16)
        packed.withUnsafeBufferPointer { buffer in
            if let start = buffer.baseAddress {
                gram.add(rows: start, indices: [0, 1, 2, 3, 5, 7, 8, 9, 10], weights: weights)
            }
        }
        for (i, j) in [(0, 0), (3, 11), (11, 3), (15, 15), (2, 9)] {
            let expected = [0, 1, 2, 3, 5, 7, 8, 9, 10].reduce(0.0) {
                $0 + Double(weights[$1]) * Double(rows[$1][i]) * Double(rows[$1][j])
            }
            #expect(abs(gram[i, j] - expected) < 1e-4)
        }
    }

    @Test("trees find a step and repeat themselves with the same seed")
    func trees() {
        var random = SeededGenerator(seed: 4)
        let count = 600
        var features = [Float](repeating: 0, count: count * 2)
        var targets = [Float](repeating: 0, count: count)
        for i in 0..<count {
            features[2 * i] = Float.random(in: 0...1, using: &random)
            features[2 * i + 1] = Float.random(in: 0...1, using: &random)
            targets[i] = features[2 * i + 1] > 0.4 ? 5 : 1
        }
        let table = BinnedTable(features: features, width: 2, rows: count, use: [0, 1], binCount: 64)
        let settings = ForecastTuning.standard.settings(seed: 1)
        func grown() -> BoostedTrees {
            var grower = TreeGrower(table, use: [0, 1], targets: targets, settings: settings)
            return grower.grow(on: (0..<Int32(count)).map { $0 })
        }
        let model = grown()
        let high = [Float(0.5), 0.9].withUnsafeBufferPointer { $0.baseAddress.map(model.predict) ?? 0 }
        let low = [Float(0.5), 0.1].withUnsafeBufferPointer { $0.baseAddress.map(model.predict) ?? 0 }
        #expect(abs(high - 5) < 0.3 && abs(low - 1) < 0.3)
        #expect(grown().leaves == model.leaves)
    }

    @Test("gaps are bridged briefly and filled from nearby days otherwise")
    func gapFilling() {
        var input = MadeSeries(days: 20, noise: 0).input()
        input.horizon = 0
        let clean = input.values
        let axis = TimeAxis(input, count: clean.count, standardTime: false, holidayFlags: [])
        for i in 200..<202 { input.values[i] = .nan }
        for i in 240..<264 { input.values[i] = .nan }
        let filled = GapFilling.filled(input.values, axis: axis)
        #expect(!filled.contains { $0.isNaN })
        #expect(meanError(Array(filled[240..<264]), Array(clean[240..<264])) < 4)
        #expect(abs(filled[200] - clean[200]) < 1)
    }
}
