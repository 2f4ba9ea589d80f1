import EnergyCore
import Sheets
import TestSupport
import Testing

@Suite struct UploadTests {
    private let zone = Zone.named("Europe/Amsterdam") ?? .utc

    private func options(_ unit: String = "kW", _ resolution: TimeSpan = .minutes(15)) -> UploadOptions {
        UploadOptions(
            sensor: Sensor(id: 1, name: "s", assetID: 1, unit: unit, resolution: resolution, timezone: zone.name),
            zone: zone)
    }

    private func upload(_ text: String, _ options: UploadOptions) throws -> [UploadedEvent] {
        try events(in: .bytes(Array(text.utf8)), options)
    }

    private func starts(_ text: String, _ options: UploadOptions) throws -> [String] {
        try upload(text, options).map { Instant(seconds: $0.start).text(in: zone) }
    }

    @Test("a bad row is named with its line, and nothing is delivered before all rows are fine")
    func faults() throws {
        let good = (0..<70_000).map { Instant(seconds: 1_714_514_400 + Int64($0) * 900).text(offset: 0) + ",1" }
        let text = "t,v\n" + good.joined(separator: "\n") + "\nyesterday,1\n"
        var delivered = 0
        #expect {
            try Upload(.bytes(Array(text.utf8)), options()).read { delivered += $0.starts.count }
        } throws: { error in
            guard case UploadFault.content(let fault) = error else { return false }
            return fault.line == 70_002 && fault.text == "yesterday"
        }
        #expect(delivered == 0)
        #expect(throws: UploadFault.content(SheetFault("event values should be numeric", line: 3, text: "1.000,5"))) {
            try upload("t;v\n2024-05-01T00:00Z;1\n2024-05-01T00:15Z;1.000,5\n", options())
        }
    }

    @Test("files out of order are sorted")
    func order() throws {
        let text = "t,v\n2024-05-01T00:30Z,3\n2024-05-01T00:00Z,1\n2024-05-01T00:15Z,2\n"
        #expect(try upload(text, options()).map(\.value) == [1, 2, 3])
    }

    @Test("results do not depend on the order of rows")
    func shuffled() throws {
        var random = SeededGenerator(seed: 10)
        var lines = (0..<200).map { "\(Instant(seconds: 1_714_514_400 + Int64($0) * 300).text(offset: 7200)),\($0)" }
        let expected = try upload("t,v\n" + lines.joined(separator: "\n"), options())
        for _ in 0..<5 {
            lines.shuffle(using: &random)
            #expect(try upload("t,v\n" + lines.joined(separator: "\n"), options()) == expected)
        }
    }

    @Test("totals survive any change of steps")
    func conservation() throws {
        var random = SeededGenerator(seed: 11)
        for spacing in [300, 600, 900, 1200, 2400, 3600, 86_400] {
            let values = (0..<40).map { _ in Double(Int.random(in: 0...100, using: &random)) }
            let lines = values.enumerated().map { index, value in
                let start = zone.adding(days: spacing == 86_400 ? index : 0, to: Instant(seconds: 1_711_666_800))
                let step = spacing == 86_400 ? 0 : Int64(index * spacing)
                return "\(Instant(seconds: start.seconds + step).text(in: zone)),\(value)"
            }
            for resolution in [TimeSpan.minutes(15), .hours(1), .days(1)] {
                let stored = try upload("t,v\n" + lines.joined(separator: "\n"), options("kWh", resolution))
                #expect(isClose(stored.reduce(0) { $0 + $1.value }, values.reduce(0, +)), "\(spacing) \(resolution)")
            }
        }
    }

    @Test("daily rows over a clock change are regular and stay at local midnight")
    func localDays() throws {
        let text = "t,v\n2024-03-30,1\n2024-03-31,2\n2024-04-01,3\n"
        #expect(
            try starts(text, options("kWh", .days(1)))
                == ["2024-03-30T00:00:00+01:00", "2024-03-31T00:00:00+01:00", "2024-04-01T00:00:00+02:00"])
        let hours = try upload(text, options("kWh", .hours(1)))
        #expect(hours.count == 24 + 23 + 24)
        #expect(isClose(hours.reduce(0) { $0 + $1.value }, 6))
    }

    @Test(
        "dates are read as people write them",
        arguments: [
            ("5/1/2024 0:15", "2024-05-01T00:15:00+02:00"), ("13/05/2024 00:15", "2024-05-13T00:15:00+02:00"),
            ("01.05.2024 00:15", "2024-05-01T00:15:00+02:00"), ("2024/05/01 00:15", "2024-05-01T00:15:00+02:00"),
            ("5/1/2024 1:15 PM", "2024-05-01T13:15:00+02:00"),
            ("2024-05-01 00:15:00 +02:00", "2024-05-01T00:15:00+02:00"),
            ("2024-05-01T00:15:00.000Z", "2024-05-01T02:15:00+02:00"),
        ])
    func dates(text: String, start: String) throws {
        #expect(try starts("t;v\n\(text);1\n", options()) == [start])
    }

    @Test("day first can be asked for, and all rows share the form of the first")
    func dayFirst() throws {
        var dayFirst = options()
        dayFirst.isDayFirst = true
        #expect(try starts("t,v\n05/01/2024 00:00,1\n", dayFirst) == ["2024-01-05T00:00:00+01:00"])
        for second in ["13/05/2024 00:15", "2024-05-01T00:15", "5/1/2024 00:15:00", "5/1/2024 00:15Z"] {
            #expect(throws: UploadFault.self, "\(second)") {
                try upload("t,v\n05/01/2024 00:00,1\n\(second),2\n", options())
            }
        }
    }

    @Test("columns are found by name in any order, or by number")
    func columns() throws {
        let named = "source,event_value,event_start,note\nx,7,2024-05-01T00:00Z,a\n"
        #expect(try upload(named, options()).map(\.value) == [7])
        #expect(try upload("2024-05-01T00:00Z,7\n", options()).map(\.value) == [7])
        #expect(throws: UploadFault.content(SheetFault("'event_start'"))) {
            try upload("a,b,c,d\n1,2,3,4\n", options())
        }
        #expect(throws: UploadFault.content(SheetFault("No columns to parse from file"))) { try upload("", options()) }
        #expect(throws: UploadFault.self) { try upload("t,v\n2024-05-01T00:00Z,7,8\n", options()) }
        #expect(try upload("t,v\n2024-05-01T00:00Z,7,\n", options()).map(\.value) == [7])
    }

    @Test("gaps are left out, whatever word stands for them")
    func gaps() throws {
        let text =
            "t,v\n2024-05-01T00:00Z,1\n2024-05-01T00:15Z,NaN\n2024-05-01T00:30Z,\n2024-05-01T00:45Z,N/A\n2024-05-01T01:00Z\n"
        #expect(try upload(text, options()).count == 1)
    }

    @Test("several beliefs about one event are told apart by their time")
    func revisions() throws {
        let text = """
            event_start,belief_time,event_value
            2024-05-01T00:00Z,2024-04-30T12:00Z,1
            2024-05-01T00:05Z,2024-04-30T12:00Z,3
            2024-05-01T00:00Z,2024-04-30T18:00Z,5
            2024-05-01T00:05Z,2024-04-30T18:00Z,9
            """
        let stored = try upload(text, options("kW", .minutes(10)))
        #expect(stored.map(\.value) == [2, 7])
        #expect(
            stored.map { Instant(microseconds: $0.belief).utcText } == ["2024-04-30T12:00:00Z", "2024-04-30T18:00:00Z"])
        let conflict =
            "event_start,belief_time,event_value\n2024-05-01T00:00Z,2024-04-30T12:00Z,1\n2024-05-01T00:00Z,2024-04-30T12:00Z,2\n"
        #expect(throws: UploadFault.conflict(line: 3)) { try upload(conflict, options()) }
    }

    @Test("many rows pass in batches with progress")
    func large() throws {
        var bytes = Array("t,v\n".utf8)
        for index in 0..<50_000 {
            Instant(seconds: 1_600_000_000 + Int64(index) * 900).append(offset: 0, to: &bytes)
            bytes += Array(",\(index % 97)\n".utf8)
        }
        var largest = 0
        var count = 0
        var progress: [Double] = []
        try Upload(.bytes(bytes), options()).read(progress: { progress.append($0) }) { batch in
            largest = max(largest, batch.starts.count)
            count += batch.starts.count
        }
        #expect(count == 50_000 && largest <= 65_536)
        #expect(progress == progress.sorted() && progress.last == 1 && progress.count > 3)
    }

    @Test("a wrong year does not make millions of events")
    func spread() throws {
        let text = "t,v\n4048-05-01T00:00:00+02:00,1\n2024-05-01T01:00:00+02:00,2\n"
        #expect(throws: UploadFault.self) { try upload(text, options()) }
    }

    @Test("a file is checked before it is delivered, and the two can be apart")
    func checkedFirst() throws {
        let bytes = Array("t,v\n2024-05-01T00:00Z,1\n2024-05-01T00:15Z,2\n".utf8)
        let checked = try Upload(.bytes(bytes), options()).checked()
        var values: [Double] = []
        try checked.deliver { values += $0.values }
        #expect(values == [1, 2])
    }

    @Test("a repeated hour needs both of its hours")
    func repeatedHour() throws {
        let once = "t,v\n2024-10-27 01:00,1\n2024-10-27 02:00,2\n2024-10-27 03:00,3\n"
        #expect(throws: UploadFault.self) { try upload(once, options("kW", .hours(1))) }
        let quarters = (0..<20).map { 1_729_980_000 + Int64($0) * 900 }
        let lines = quarters.map { String(Instant(seconds: $0).text(in: zone).prefix(16)) + ",1" }
        #expect(try upload("t,v\n" + lines.joined(separator: "\n"), options()).map(\.start) == quarters)
    }
}
