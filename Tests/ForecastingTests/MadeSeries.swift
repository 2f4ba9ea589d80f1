import EnergyCore
import Foundation
import TestSupport

@testable import Forecasting

/// Series made for tests: daily and weekly shapes with seeded noise.
struct MadeSeries {
    var start = Instant(seconds: 1_704_067_200)  // Monday, 2024-01-01
    var minutes = 60
    var days = 60.0
    var noise = 0.5
    var seed: UInt64 = 1
    /// Value without noise at an hour of the day on a day of the week, Monday 0.
    var shape: @Sendable (_ hour: Double, _ weekday: Int) -> Double = { hour, weekday in
        20 + 8 * sin((hour - 9) / 24 * 2 * .pi) - (weekday > 4 ? 6 : 0)
    }

    var perDay: Int { 1440 / minutes }
    var count: Int { Int(days * Double(perDay)) }

    /// The values of the history and the noise-free ones that follow.
    func values(following: Int = 0) -> (history: [Double], truth: [Double]) {
        var random = SeededGenerator(seed: seed)
        let clean = (0..<(count + following)).map { i in
            shape(Double(i * minutes % 1440) / 60, i * minutes / 1440 % 7)
        }
        let history = clean.prefix(count).map { $0 + noise * Double.random(in: -1...1, using: &random) }
        return (Array(history), Array(clean.dropFirst(count)))
    }

    func input(hours: Int = 48) -> ForecastInput {
        let horizon = hours * 60 / minutes
        return ForecastInput(
            start: start, resolution: .minutes(Int64(minutes)), values: values().history, horizon: horizon)
    }
}

/// Mean absolute difference.
func meanError(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(max(min(a.count, b.count), 1))
}
