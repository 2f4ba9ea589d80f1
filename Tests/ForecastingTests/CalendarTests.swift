import EnergyCore
import Foundation
import Testing

@testable import Forecasting

@Suite("Local clocks")
struct CalendarTests {
    /// A load that follows the wall clock of a zone, before and after its clocks change.
    private func forecast(zone: Zone, end: Instant, minutes: Int = 60) throws -> (values: [Double], truth: [Double]) {
        let step = TimeSpan.minutes(Int64(minutes))
        let perDay = 1440 / minutes
        let start = end - .days(70)
        func value(_ index: Int) -> Double {
            let instant = start + step * index
            let local = instant.seconds + Int64(zone.offset(at: instant))
            let hour = Double((local % 86_400 + 86_400) % 86_400) / 3600
            return hour >= 8 && hour < 18 ? 10 : 2
        }
        var input = ForecastInput(
            start: start, resolution: step, values: (0..<(70 * perDay)).map { value($0) + 0.01 * Double($0 % 5) },
            horizon: 2 * perDay)
        input.utcOffset = { .seconds(Int64(zone.offset(at: $0))) }
        let truth = (0..<(2 * perDay)).map { value(70 * perDay + $0) }
        return (try Forecaster().forecast(input).values, truth)
    }

    @Test(
        "the wall clock is followed over changes of the clock, in both directions",
        arguments: [
            "2024-03-29T23:00Z", "2024-03-30T23:00Z", "2024-03-31T01:00Z", "2024-04-01T22:00Z",
            "2024-10-25T22:00Z", "2024-10-26T22:00Z", "2024-10-27T01:00Z", "2024-10-28T23:00Z",
        ])
    func clockChanges(end: String) throws {
        let zone = try #require(Zone.named("Europe/Berlin"))
        let (values, truth) = try forecast(zone: zone, end: try Instant(parsing: end))
        #expect(meanError(values, truth) < 0.5)
    }

    @Test("zones with half hours work", arguments: ["Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"])
    func halfHours(name: String) throws {
        let zone = try #require(Zone.named(name))
        let (values, truth) = try forecast(zone: zone, end: try Instant(parsing: "2024-04-07T12:00Z"), minutes: 30)
        #expect(meanError(values, truth) < 0.6)
    }

    @Test("a lag of a day is the same wall clock the day before")
    func lags() throws {
        let zone = try #require(Zone.named("Europe/Berlin"))
        let start = try Instant(parsing: "2024-03-28T00:00Z")
        var input = ForecastInput(start: start, resolution: .hours(1), values: [], horizon: 0)
        input.utcOffset = { .seconds(Int64(zone.offset(at: $0))) }
        let axis = TimeAxis(input, count: 240, standardTime: false, holidayFlags: [])
        // 31 March 2024 has 23 hours: noon on the 31st (10:00Z) lies 23 hours after noon on the 30th.
        let noon = 3 * 24 + 10
        #expect(axis.lag(noon, days: 1) == noon - 23)
        #expect(axis.lead(noon - 23, days: 1) == noon)
        #expect(axis.hour[noon] == 12)
        #expect(axis.weekday(noon) == 6 && axis.dayType[noon] == 2)
    }

    @Test(
        "resolutions that do not divide a day, daily and weekly ones give forecasts",
        arguments: [7, 45, 100, 240, 1440, 10_080])
    func oddResolutions(minutes: Int) throws {
        let made = MadeSeries(minutes: minutes, days: minutes > 1440 ? 700 : 120, noise: 0.5)
        let start = Instant(seconds: 1_704_067_200)
        let values = (0..<Int(made.days * 1440 / Double(minutes))).map { i in
            made.shape(Double(i * minutes % 1440) / 60, i * minutes / 1440 % 7)
        }
        let input = ForecastInput(start: start, resolution: .minutes(Int64(minutes)), values: values, horizon: 20)
        let result = try Forecaster().forecast(input)
        #expect(result.values.count == 20 && result.values.allSatisfy { $0 > 0 && $0 < 45 })
        let truth = (values.count..<values.count + 20).map { i in
            made.shape(Double(i * minutes % 1440) / 60, i * minutes / 1440 % 7)
        }
        #expect(meanError(result.values, truth) < 3)
    }

    @Test("photovoltaics is told from other series, whatever its sign")
    func solar() {
        let sun: [Double] = (0..<720).map { i in
            let height = sin(Double(i % 24 - 6) / 12 * Double.pi)
            return max(0, height) * Double(1 + i / 24 % 3)
        }
        #expect(SolarPattern.holds(sun, perDay: 24))
        #expect(SolarPattern.holds(sun.map { -$0 }, perDay: 24))
        #expect(!SolarPattern.holds(sun.map { $0 + 1 }, perDay: 24))
        #expect(!SolarPattern.holds(Array(repeating: 0, count: 720), perDay: 24))
    }
}
