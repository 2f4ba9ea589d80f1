import EnergyCore
import Foundation
import Testing

@testable import Forecasting

@Suite("Back-tests")
struct BacktestTests {
    @Test("forecasts of a regular series are better than the better naive, by every range of horizons")
    func skill() throws {
        let run = BacktestRun(MadeSeries(days: 40, noise: 2).input(hours: 24), count: 4, spacing: 30)
        let summary = try run.summary()
        #expect(run.origins.count == 4 && summary.origins == 4)
        #expect(summary.total.count == 96 && summary.bands.map(\.fromHours) == [0, 2, 6])
        #expect((summary.total.skill ?? 0) > 0.1)
        #expect(summary.naiveDays == 7)
        #expect((0.4...1).contains(summary.total.coverage ?? 0))
    }

    @Test("an origin sees nothing of what came after it")
    func honest() throws {
        var input = MadeSeries(days: 8, noise: 0.1).input(hours: 6)
        let clean = try BacktestRun(input, count: 1, spacing: 1).summary()
        // What is to be forecast turns wild: errors show it, the forecast does not.
        for i in (input.values.count - 6)..<input.values.count { input.values[i] += 1_000 }
        let wild = try BacktestRun(input, count: 1, spacing: 1).summary()
        let difference = (wild.total.meanError ?? 0) - (clean.total.meanBias ?? 0) * -1
        #expect(abs(difference - 1_000) < 0.01)
    }

    @Test("bias is kept by local hour")
    func hours() throws {
        var input = MadeSeries(days: 20).input(hours: 24)
        input.utcOffset = { _ in .hours(5) }
        let summary = try BacktestRun(input, count: 2, spacing: 24).summary()
        #expect(summary.hours.allSatisfy { $0.count == 2 })
        let total = summary.hours.reduce(0.0) { $0 + ($1.meanBias ?? 0) * Double($1.count) }
        #expect(abs(total / 48 - (summary.total.meanBias ?? 9)) < 1e-9)
    }

    @Test("too short a series has no origins, and nothing to say")
    func short() throws {
        let summary = try BacktestRun(MadeSeries(days: 1).input(hours: 48), count: 3, spacing: 30).summary()
        #expect(summary.origins == 0 && summary.total.meanError == nil && summary.total.skill == nil)
    }
}
