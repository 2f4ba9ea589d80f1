import EnergyCore
import Testing

@Suite struct EventValuesTests {
    private let start = AwareDateTime(instant: Instant(seconds: 1_714_514_400), offset: 7200)
    private let quarter = EventStep(.minutes(15), in: .utc)

    private func quarters(_ values: [Double?]) -> EventValues {
        var events = EventValues()
        for (index, value) in values.enumerated() {
            if let value { events.append(quarter.moment(index, after: start.instant), value) }
        }
        return events
    }

    private func answer(
        _ values: [Double?], every minutes: Int64, for length: TimeSpan, from offset: TimeSpan = .zero
    ) -> [Double?] {
        let first = start.instant + offset
        let grid = EventGrid(start: first, end: first + length, step: EventStep(.minutes(minutes), in: .utc))
        return quarters(values).resampled(to: grid, event: quarter).map { $0.isNaN ? nil : $0 }
    }

    @Test("longer steps take the mean of the events that start in them, gaps left out")
    func mean() {
        #expect(answer([1, 2, 3, 4, 5, 6, 7, 8], every: 30, for: .hours(2)) == [1.5, 3.5, 5.5, 7.5])
        #expect(answer([1, 2, nil, nil, 5, 6, 7, 8], every: 60, for: .hours(2)) == [1.5, 6.5])
        #expect(answer([nil, 2, 3, 4, 5, 6, 7, 8], every: 30, for: .hours(2)) == [2, 3.5, 5.5, 7.5])
        #expect(answer([1, 2, 3, 4, 5, 6, 7, 8], every: 20, for: .hours(2)) == [1.5, 3, 4, 5.5, 7, 8])
    }

    @Test("a step that does not fit into the window is empty")
    func cut() {
        #expect(answer([1, 2, 3, 4, 5, 6, 7, 8], every: 180, for: .hours(2)) == [nil])
        #expect(answer([1, 2, 3, 4, 5, 6, 7, 8], every: 60, for: .minutes(90)) == [2.5, nil])
    }

    @Test("shorter steps take the value of the event that covers their start")
    func covered() {
        #expect(answer([1, 2, 3], every: 10, for: .minutes(45)) == [1, 1, 2, 3, 3])
        #expect(answer([1, nil, 3], every: 5, for: .minutes(20), from: .minutes(10)) == [1, nil, nil, nil])
    }

    @Test("steps of whole days follow the local calendar over a clock change")
    func days() throws {
        let zone = try #require(Zone.named("Europe/Amsterdam"))
        let midnight = try AwareDateTime(parsing: "2024-03-30T00:00:00+01:00")
        let step = EventStep(.days(1), in: zone)
        let end = try ISODuration(parsing: "P3D").windowEnd(from: midnight, step: step)
        let grid = EventGrid(start: midnight.instant, end: end, step: step)
        #expect(grid.starts.map { $0.text(in: zone).prefix(13) } == ["2024-03-30T00", "2024-03-31T00", "2024-04-01T00"])
        var hours = EventValues()
        for hour in 0..<71 { hours.append(midnight.instant + .hours(Int64(hour)), Double(hour)) }
        #expect(hours.resampled(to: grid, event: EventStep(.hours(1), in: zone)) == [11.5, 35, 58.5])
    }

    @Test("a window without length has one step, a negative one none")
    func emptyWindows() {
        let one = EventGrid(start: start.instant, end: start.instant, step: quarter)
        #expect(one.starts == [start.instant])
        #expect(EventGrid(start: start.instant, end: start.instant - .hours(1), step: quarter).starts.isEmpty)
    }
}
