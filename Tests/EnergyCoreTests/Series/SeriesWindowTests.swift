import EnergyCore
import TestSupport
import Testing

@Suite struct SeriesWindowTests {
    private let zone = Zone.named("Europe/Amsterdam") ?? .utc

    private func window(
        _ start: String, _ duration: String, _ resolution: String? = nil, sensor: String = "PT15M"
    ) throws -> SeriesWindow {
        try SeriesWindow(
            start: AwareDateTime(parsing: start), duration: ISODuration(parsing: duration),
            resolution: resolution.map { try ISODuration(parsing: $0).span },
            sensorResolution: ISODuration(parsing: sensor).span, zone: zone)
    }

    @Test(
        "windows have the values that their lengths ask for",
        arguments: [
            ("PT3H", 12), ("PT20M", 2), ("PT10M", 1), ("PT0M", 1), ("-PT1H", 0), ("P1M", 2976),
        ])
    func counts(duration: String, count: Int) throws {
        let window = try window("2024-05-01T00:00:00+02:00", duration)
        #expect(window.stepStarts.count == count)
        let answer = window.resampled(starts: [], values: [])
        #expect(answer.allSatisfy { $0.isNaN })
    }

    @Test("whole days are local days, and the stated duration stays elapsed time")
    func localDays() throws {
        let window = try window("2024-03-30T00:00:00+01:00", "P4D", sensor: "P1D")
        let starts = window.stepStarts.map { $0.text(in: zone) }
        #expect(
            starts == [
                "2024-03-30T00:00:00+01:00", "2024-03-31T00:00:00+01:00", "2024-04-01T00:00:00+02:00",
                "2024-04-02T00:00:00+02:00",
            ])
        #expect(window.statedDuration.isoText(.hours) == "PT96H")
        #expect(window.resampled(starts: window.stepStarts.map(\.seconds), values: [1, 2, 3, 4]) == [1, 2, 3, 4])
        #expect(try self.window("2024-03-01T00:00:00+01:00", "P1M", "P1D").stepStarts.count == 31)
    }

    @Test("days become hours by repetition, 23 of them in spring")
    func upsampledDays() throws {
        let window = try window("2024-03-31T00:00:00+01:00", "PT24H", "PT1H", sensor: "P1D")
        let days = ["2024-03-31T00:00:00+01:00", "2024-04-01T00:00:00+02:00"]
        let answer = window.resampled(starts: try days.map { try Instant(parsing: $0).seconds }, values: [5, 6])
        #expect(answer == Array(repeating: 5, count: 23) + [6])
    }

    @Test("means weigh by events, and the mean of means keeps the total")
    func conservation() throws {
        var random = SeededGenerator(seed: 7)
        let start = try Instant(parsing: "2024-10-27T00:00:00+02:00")
        let starts = (0..<100).map { start.seconds + Int64($0) * 900 }
        let values = starts.map { _ in Double.random(in: -50...50, using: &random) }
        let energy = values.reduce(0) { $0 + $1 * 0.25 }
        for (resolution, hours) in [("PT30M", 0.5), ("PT1H", 1.0), ("PT5H", 5.0), ("PT25H", 25.0)] {
            let window = try window("2024-10-27T00:00:00+02:00", "PT25H", resolution)
            let means = window.resampled(starts: starts, values: values)
            #expect(isClose(means.reduce(0) { $0 + $1 * hours }, energy), "\(resolution)")
            let asEnergy = try window.answer(starts: starts, values: values, sensorUnit: "kW", unit: "kWh")
            #expect(isClose(asEnergy.reduce(0, +), energy), "\(resolution)")
        }
    }

    @Test("posted totals are split without loss, posted power is repeated")
    func posting() throws {
        var random = SeededGenerator(seed: 8)
        let start = try AwareDateTime(parsing: "2024-05-01T00:00:00+02:00")
        for unit in ["kWh", "kW", "MJ"] {
            let sensor = Sensor(
                id: 1, name: "meter", assetID: 1, unit: "kWh", resolution: .minutes(15),
                timezone: zone.name)
            let values = (0..<6).map { _ in Double.random(in: 0...9, using: &random) }
            let posted = try PostedSeries(
                values, start: start, duration: .hours(6), unit: unit, sensor: sensor, zone: zone)
            let factor = unit == "MJ" ? 1 / 3.6 : 1
            #expect(posted.starts.count == 24)
            #expect(isClose(posted.values.reduce(0, +), values.reduce(0, +) * factor), "\(unit)")
        }
    }

    @Test("a request cannot make more events than anybody wants")
    func limit() throws {
        let sensor = Sensor(id: 1, name: "m", assetID: 1, unit: "kW", resolution: .minutes(1), timezone: zone.name)
        let start = try AwareDateTime(parsing: "2024-05-01T00:00:00Z")
        #expect(throws: PostedSeries.Fault.tooMany(limit: PostedSeries.limit)) {
            try PostedSeries([1], start: start, duration: .days(10_000), unit: "kW", sensor: sensor, zone: .utc)
        }
        let window = try window("2024-05-01T00:00:00Z", "P10000D", "PT1M")
        #expect(window.stepCount == 14_400_000)
    }

    @Test("frequencies round to even halves")
    func frequencies() throws {
        for (text, rounded) in [
            ("00:07:00", "00:00"), ("00:08:00", "00:15"), ("00:07:30", "00:00"), ("00:22:30", "00:30"),
        ] {
            let time = try AwareDateTime(parsing: "2024-05-01T\(text)+02:00")
            #expect(time.rounded(toFrequency: "15min").text(in: zone) == "2024-05-01T\(rounded):00+02:00")
            #expect(time.rounded(toFrequency: nil) == time.instant)
            #expect(time.rounded(toFrequency: "nonsense") == time.instant)
        }
        #expect(TimeSpan(frequency: "2h") == .hours(2) && TimeSpan(frequency: "H") == .hours(1))
        #expect(TimeSpan(frequency: String(repeating: "3", count: 60) + "s") == nil)
    }
}

@Suite struct KnowledgeTimesTests {
    private let zone = Zone.named("Europe/Paris") ?? .utc

    private func time(_ rule: KnowledgeHorizon, _ start: String, _ resolution: TimeSpan = .hours(1)) throws -> String {
        let known = KnowledgeTimes(rule, resolution: resolution).time(ofEventAt: try Instant(parsing: start))
        return known.text(in: zone)
    }

    @Test("events are known as their rule says")
    func rules() throws {
        let prices = KnowledgeHorizon.daysAgoAtOClock(days: 1, hour: 12, zone: "Europe/Paris")
        #expect(try time(.exPost(.zero), "2024-05-01T00:00:00+02:00", .minutes(15)) == "2024-05-01T00:15:00+02:00")
        #expect(try time(prices, "2024-05-01T00:00:00+02:00") == "2024-04-30T12:00:00+02:00")
        #expect(try time(prices, "2024-04-30T23:00:00+02:00") == "2024-04-29T12:00:00+02:00")
        #expect(try time(prices, "2024-03-31T03:00:00+02:00") == "2024-03-30T12:00:00+01:00")
        let half = KnowledgeHorizon.daysAgoAtOClock(days: 1, hour: 12.5, zone: "Europe/Paris")
        #expect(try time(half, "2024-05-01T00:00:00+02:00") == "2024-04-30T12:30:00+02:00")
        #expect(try time(.exAnte(.minutes(30)), "2024-05-01T00:00:00+02:00") == "2024-04-30T23:30:00+02:00")
        let yearly = KnowledgeHorizon.yearsAgoAtDate(years: 1, day: 29, month: 2, zone: "Europe/Paris")
        #expect(try time(yearly, "2024-05-01T00:00:00+02:00") == "2023-02-28T00:00:00+01:00")
    }

    @Test("belief horizons count back from what can be known")
    func horizons() throws {
        let known = KnowledgeTimes(.exPost(.zero), resolution: .minutes(15))
        let start = try Instant(parsing: "2024-05-01T00:00:00+02:00")
        let belief = try Instant(parsing: "2024-04-30T13:00:00+02:00")
        let horizon = known.horizon(ofEventAt: start, believedAt: belief)
        #expect(horizon == .seconds(40_500))
        #expect(known.beliefTime(ofEventAt: start, horizon: horizon) == belief)
    }
}
