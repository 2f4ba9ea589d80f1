import EnergyCore
import Foundation
import Testing

@testable import Forecasting

@Suite("Accuracy on made series")
struct AccuracyTests {
    @Test("daily and weekly shapes are found in noise", arguments: [15, 30, 60])
    func findsShapes(minutes: Int) throws {
        let made = MadeSeries(minutes: minutes, noise: 2)
        let truth = made.values(following: 48 * 60 / minutes).truth
        let result = try Forecaster().forecast(made.input())
        #expect(result.values.count == truth.count)
        #expect(meanError(result.values, truth) < 0.8)
    }

    @Test("the band of quantiles holds about as much as it says")
    func bandCovers() throws {
        var inside = 0
        var all = 0
        for seed in 1...4 {
            let made = MadeSeries(days: 72, noise: 3, seed: UInt64(seed))
            let values = made.values().history
            let known = 70 * 24
            var input = made.input()
            input.values = Array(values[..<known])
            let result = try Forecaster().forecast(input)
            for i in 0..<48 {
                all += 1
                if result.low[i] <= values[known + i], values[known + i] <= result.high[i] { inside += 1 }
                #expect(result.low[i] <= result.values[i] && result.values[i] <= result.high[i])
            }
        }
        #expect((0.65...0.97).contains(Double(inside) / Double(all)))
    }

    @Test("a regressor that explains the target is used for the horizon")
    func usesRegressor() throws {
        let made = MadeSeries(noise: 0.2)
        let count = made.count + 48
        let weather = (0..<count).map { 10 * sin(Double($0) / 37) + 5 * cos(Double($0) / 11) }
        let clean = made.values(following: 48)
        var input = made.input()
        input.values = zip(clean.history, weather).map { $0 + $1 }
        let truth = zip(clean.truth, weather.suffix(48)).map { $0 + $1 }
        let blind = try Forecaster().forecast(input)
        input.regressors = [Regressor(name: "weather", values: weather)]
        let seeing = try Forecaster().forecast(input)
        #expect(meanError(seeing.values, truth) < 0.7 * meanError(blind.values, truth))
    }

    @Test("what a past-only regressor will be does not matter")
    func pastOnly() throws {
        var input = MadeSeries().input()
        let count = input.values.count + 48
        let calm = (0..<count).map { sin(Double($0) / 9) }
        let wild = calm.enumerated().map { $0 < count - 48 ? $1 : 1000 }
        input.regressors = [Regressor(name: "x", values: calm, isPastOnly: true)]
        let first = try Forecaster().forecast(input)
        input.regressors = [Regressor(name: "x", values: wild, isPastOnly: true)]
        #expect(try Forecaster().forecast(input) == first)
    }

    @Test("a holiday resembles Sundays more than its own weekday")
    func holiday() throws {
        var made = MadeSeries(days: 63, noise: 0.3)
        made.shape = { hour, weekday in (weekday == 6 ? 5 : 15) + (hour > 8 && hour < 18 ? 4 : 0) }
        var input = made.input(hours: 48)
        // The history ends on a Sunday night; the Tuesday after is the holiday.
        let tuesday = made.start + .days(64)
        input.holidays = [tuesday..<(tuesday + .days(1))]
        let day = try Forecaster().forecast(input).values.suffix(24)
        let sunday = (0..<24).map { made.shape(Double($0), 6) }
        let working = (0..<24).map { made.shape(Double($0), 1) }
        #expect(meanError(Array(day), sunday) < meanError(Array(day), working))
    }

    @Test("a level shift is followed within days")
    func levelShift() throws {
        let made = MadeSeries(days: 70, noise: 0.5)
        var input = made.input()
        let shift = 60 * 24
        for i in shift..<input.values.count { input.values[i] += 15 }
        let truth = made.values(following: 48).truth.map { $0 + 15 }
        #expect(meanError(try Forecaster().forecast(input).values, truth) < 5)
    }
}
