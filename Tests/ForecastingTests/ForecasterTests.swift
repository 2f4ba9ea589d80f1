import EnergyCore
import Foundation
import Synchronization
import Testing

@testable import Forecasting

@Suite("Training and viewpoints")
struct ForecasterTests {
    @Test("equal requests give equal values, on any thread")
    func deterministic() async throws {
        let input = MadeSeries().input()
        let first = try Forecaster().forecast(input)
        try await withThrowingTaskGroup(of: ForecastResult.self) { group in
            for _ in 0..<4 { group.addTask { try Forecaster().forecast(input) } }
            for try await other in group { #expect(other == first) }
        }
    }

    @Test("one training serves later viewpoints and sees only what they know")
    func viewpoints() throws {
        let made = MadeSeries(days: 62)
        let values = made.values().history
        var input = made.input()
        input.values = Array(values[..<(60 * 24)])
        let trained = try Forecaster().train(input)
        var later = input
        later.values = Array(values[..<(61 * 24)])
        let result = try trained.forecast(later)
        #expect(result.start == input.start + .days(61))
        let truth = made.values(following: 24).truth
        #expect(meanError(Array(result.values.suffix(24)), truth) < 1.5)
    }

    @Test("later viewpoints without news, with a window that slides, or with fewer regressors are fine")
    func laterViewpoints() throws {
        let made = MadeSeries(days: 61)
        let values = made.values().history
        var input = made.input(hours: 24)
        input.values = Array(values[..<(60 * 24)])
        input.regressors = [Regressor(name: "x", values: values)]
        let trained = try Forecaster().train(input)
        var silent = input
        silent.values += Array(repeating: .nan, count: 24)
        #expect(try trained.forecast(silent).values.count == 24)
        var slid = input
        slid.start = input.start + .days(1)
        slid.values = Array(values[24...])
        slid.regressors = []
        let result = try trained.forecast(slid)
        #expect(result.start == input.start + .days(61) && result.values.allSatisfy(\.isFinite))
        var shifted = slid
        shifted.values = slid.values.map { $0 + 5 }
        #expect(try trained.forecast(shifted) != result)
    }

    @Test("horizons of more than a year do not fail")
    func years() throws {
        let result = try Forecaster().forecast(MadeSeries(days: 30).input(hours: 24 * 500))
        #expect(result.values.count == 12_000 && result.values.allSatisfy(\.isFinite))
    }

    @Test("training stops when asked to")
    func cancels() throws {
        let asked = Mutex(0)
        #expect(throws: ForecastError.cancelled) {
            try Forecaster().train(MadeSeries().input()) {
                asked.withLock { $0 += 1 }
                return asked.withLock { $0 } > 2
            }
        }
        #expect(asked.withLock { $0 } == 3)
    }

    @Test("the report says what was done")
    func reports() throws {
        let mature = try Forecaster().train(MadeSeries().input()).report
        #expect(mature.method == .blend && mature.bands.count == 5 && mature.features.contains("d1"))
        for band in mature.bands {
            #expect(abs(band.ridgeShare + band.treeShare + band.patternShare - 1) < 1e-5)
            #expect(band.heldOutError > 0 && band.heldOutError < 1)
        }
        #expect((mature.dayNaiveError ?? 0) > (mature.weekNaiveError ?? 0))
        #expect(try Forecaster().train(MadeSeries(days: 5).input()).report.method == .pattern)
        #expect(try Forecaster().train(MadeSeries(minutes: 1440).input()).report.method == .coarse)
    }

    @Test("longer horizons than two days are forecast")
    func week() throws {
        let made = MadeSeries(noise: 0.5)
        let truth = made.values(following: 7 * 24).truth
        let result = try Forecaster().forecast(made.input(hours: 7 * 24))
        #expect(result.values.count == 168)
        #expect(meanError(result.values, truth) < 1.5)
    }

    @Test("a horizon longer than the history works")
    func longHorizon() throws {
        let result = try Forecaster().forecast(MadeSeries(days: 1.5).input(hours: 240))
        #expect(result.values.count == 240 && result.values.allSatisfy(\.isFinite))
    }
}
