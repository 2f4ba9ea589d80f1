import EnergyCore
import Foundation
import TestSupport
import Testing

@testable import Forecasting

@Suite("Poor and odd histories")
struct RobustnessTests {
    @Test("nothing known is refused, whatever the length of the silence")
    func noObservations() {
        var input = MadeSeries().input()
        input.values = []
        #expect(throws: ForecastError.noObservations) { try Forecaster().forecast(input) }
        input.values = [.nan, .infinity]
        #expect(throws: ForecastError.noObservations) { try Forecaster().forecast(input) }
        input.resolution = .zero
        #expect(throws: ForecastError.instantaneous) { try Forecaster().forecast(input) }
    }

    @Test("one observation is carried on", arguments: [1, 30])
    func oneObservation(silence: Int) throws {
        var input = MadeSeries().input()
        input.values = [7] + Array(repeating: .nan, count: silence)
        let result = try Forecaster().forecast(input)
        #expect(result.values == Array(repeating: 7, count: 48))
        #expect(result.start == input.start + .hours(Int64(silence + 1)))
    }

    @Test("a constant series stays constant, band included", arguments: [0.0, 3.25, -8.5])
    func constant(value: Double) throws {
        var input = MadeSeries().input()
        input.values = Array(repeating: value, count: 900)
        let result = try Forecaster().forecast(input)
        let expected = Array(repeating: value, count: 48)
        #expect(result.values == expected && result.low == expected && result.high == expected)
    }

    @Test("after a Friday and a weekend, Monday is expected between them and not like Sunday")
    func weekendBehind() throws {
        let made = MadeSeries(days: 7, noise: 0.1)
        let known = Array(made.values().history.suffix(72))
        let input = ForecastInput(start: made.start + .days(4), resolution: .hours(1), values: known, horizon: 24)
        let monday = try Forecaster().forecast(input).values.reduce(0, +) / 24
        let sunday = known.suffix(24).reduce(0, +) / 24
        let friday = known.prefix(24).reduce(0, +) / 24
        #expect(monday > sunday + (friday - sunday) / 3)
        #expect(monday < friday)
    }

    @Test(
        "short histories give finite values near what is known",
        arguments: [0.1, 0.5, 1, 1.5, 2, 3, 5, 7, 10, 14, 21, 30])
    func shortHistory(days: Double) throws {
        let made = MadeSeries(days: days, noise: 0.5)
        let result = try Forecaster().forecast(made.input())
        #expect(result.values.allSatisfy { $0.isFinite && $0 > 0 && $0 < 45 })
        #expect(zip(result.low, result.high).allSatisfy { $0 <= $1 && $0.isFinite && $1.isFinite })
    }

    @Test("from a day on the forecast follows the day, it is no flat line", arguments: [1.0, 1.5, 2, 4])
    func followsTheDay(days: Double) throws {
        var made = MadeSeries(days: days, noise: 0.2)
        made.shape = { hour, _ in 20 + 8 * sin((hour - 9) / 24 * 2 * .pi) }
        let truth = made.values(following: 48).truth
        let values = try Forecaster().forecast(made.input()).values
        #expect((values.max() ?? 0) - (values.min() ?? 0) > 6)
        #expect(meanError(values, truth) < 3)
    }

    @Test("half of the values missing at random, or whole days, changes little", arguments: [false, true])
    func gaps(wholeDays: Bool) throws {
        let made = MadeSeries(noise: 1)
        var input = made.input()
        let truth = made.values(following: 48).truth
        let full = meanError(try Forecaster().forecast(input).values, truth)
        var random = SeededGenerator(seed: 5)
        for i in 0..<(input.values.count - 2) {
            let isMissing = wholeDays ? (20 * 24..<27 * 24).contains(i) : Bool.random(using: &random)
            if isMissing { input.values[i] = .nan }
        }
        #expect(meanError(try Forecaster().forecast(input).values, truth) < full + 0.4)
    }

    @Test("a silence before the viewpoint becomes extra horizon", arguments: [1, 30, 100])
    func silence(hours: Int) throws {
        let made = MadeSeries(noise: 0.5)
        var input = made.input()
        for i in (input.values.count - hours)..<input.values.count { input.values[i] = .nan }
        let truth = made.values(following: 48).truth
        let result = try Forecaster().forecast(input)
        #expect(result.values.count == 48 && result.start == input.start + .days(60))
        #expect(meanError(result.values, truth) < 1.5)
    }

    @Test("an outlier of a hundred times the range changes next to nothing")
    func outlier() throws {
        let input = MadeSeries().input()
        var odd = input
        odd.values[odd.values.count - 30] = 2_800
        let a = try Forecaster().forecast(input).values
        let b = try Forecaster().forecast(odd).values
        #expect(zip(a, b).allSatisfy { abs($0 - $1) < 0.05 * 28 + 1 })
    }

    @Test("series that were never negative stay so, others may go below zero")
    func signs() throws {
        var made = MadeSeries(noise: 1)
        made.shape = { hour, _ in max(0, 6 * sin((hour - 6) / 24 * 2 * .pi)) }
        var input = made.input()
        input.values = input.values.map { max($0, 0) }
        let result = try Forecaster().forecast(input)
        #expect(result.values.allSatisfy { $0 >= 0 } && result.low.allSatisfy { $0 >= 0 })
        made.shape = { hour, _ in 6 * sin((hour - 6) / 24 * 2 * .pi) }
        #expect(try Forecaster().forecast(made.input()).values.contains { $0 < 0 })
    }

    @Test("bounds and snapping are kept")
    func limits() throws {
        var input = MadeSeries().input()
        input.limits = ValueLimits(lower: 15, upper: 22, snaps: [.init(target: 16, first: 14, second: 18)])
        let result = try Forecaster().forecast(input)
        #expect(result.values.allSatisfy { ($0 == 15 || $0 == 16 || $0 >= 18) && $0 <= 22 })
        #expect(result.low.allSatisfy { $0 >= 15 } && result.high.allSatisfy { $0 <= 22 })
        #expect(ValueLimits(snaps: [.init(target: 0, first: 4, second: 0)]).applied(to: 4) == 0)
        #expect(ValueLimits(snaps: [.init(target: 0, first: 4, second: 0)]).applied(to: 0) == 0)
    }

    @Test("life after a long rest is seen within days")
    func wakes() throws {
        let made = MadeSeries(days: 100, noise: 0.5)
        var input = made.input()
        for i in 0..<(94 * 24) { input.values[i] = 0 }
        let values = try Forecaster().forecast(input).values
        #expect(values.reduce(0, +) / 48 > 8)
        input = made.input()
        for i in (94 * 24)..<input.values.count { input.values[i] = 0 }
        #expect(try Forecaster().forecast(input).values.reduce(0, +) / 48 < 8)
    }
}
