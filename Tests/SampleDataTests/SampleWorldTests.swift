import EnergyCore
import Foundation
import Testing

@testable import SampleData

@Suite("Sample data")
struct SampleWorldTests {
    static let committed = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("sample-data").path

    @Test("the committed files are what the generator makes")
    func committedFilesAreFresh() throws {
        let generated = SampleFiles(SampleWorld())
        let read = try SampleFiles(folder: Self.committed)
        #expect(read.worldText == generated.worldText)
        #expect(Set(read.tables.keys) == Set(generated.tables.keys))
        for (name, table) in generated.tables {
            #expect(read.tables[name]?.csv == table.csv, "series/\(name).csv")
        }
    }

    @Test("a table survives being written and read")
    func tableRoundTrip() throws {
        var table = SampleTable(name: "t", start: SampleTimeline.start, step: .minutes(15))
        table.add("a", [1, nil, -2.5])
        table.add("b", [nil, 1234.56, 0])
        let read = try SampleTable(name: "t", csv: table.csv)
        #expect(read.csv == table.csv)
        #expect(read["a"] == [1, nil, -2.5])
    }

    @Test("a broken table is named with its line")
    func brokenTable() {
        #expect(throws: SampleDataError.badRow(file: "t", line: 3, reason: "'x' is no number")) {
            try SampleTable(name: "t", csv: "time,a\n2026-03-01T23:00Z,1\n2026-03-01T23:15Z,x\n")
        }
    }

    @Test(
        "shifted to now, the last measurement is at most a step old and nothing is known from the future",
        arguments: [0, 3, 6])
    func shifted(days: Int64) throws {
        let now = Instant(seconds: SampleTimeline.historyEnd.seconds + (200 * 7 + days) * 86_400 + 12_345)
        let world = try SampleShift(now: now).world(from: SampleFiles(SampleWorld()))
        let series = try #require(world["series"]?.arrayValue)
        let grid = try #require(series.first { $0["sensor"] == "Harbour Depot/grid power" })
        let start = try #require(grid["start"]?.stringValue.flatMap { SampleTime.instant($0) })
        let count = try #require(grid["values"]?.arrayValue?.count)
        let end = start + .minutes(15) * count
        #expect(end <= now && now - end < .minutes(15))
        for entry in series {
            if let belief = entry["belief_time"]?.stringValue.flatMap({ SampleTime.instant($0) }), entry["values"] != []
            {
                #expect(belief <= now)
            }
        }
    }

    @Test("daily figures start at local midnight, in winter as in summer", arguments: [180, 365] as [Int64])
    func dailyFigures(days: Int64) throws {
        let now = Instant(seconds: SampleTimeline.historyEnd.seconds + days * 86_400)
        let world = try SampleShift(now: now).world(from: SampleFiles(SampleWorld()))
        let zone = try #require(Zone.named(SampleTimeline.zone))
        let series = try #require(world["series"]?.arrayValue)
        let costs = try #require(series.first { $0["sensor"] == "Harbour Depot/energy costs" })
        let start = try #require(costs["start"]?.stringValue.flatMap { SampleTime.instant($0) })
        #expect(zone.startOfDay(containing: start) == start)
    }

    @Test("forecasts and day-ahead prices reach past now")
    func looksAhead() throws {
        let now = Instant(seconds: SampleTimeline.historyEnd.seconds + 5 * 86_400 + 50_000)
        let world = try SampleShift(now: now).world(from: SampleFiles(SampleWorld()))
        let series = try #require(world["series"]?.arrayValue)
        for (sensor, source) in [
            ("Day-ahead market/day-ahead price", "market"), ("Harbour Depot/Warehouse/Roof PV/power", "load-model"),
        ] {
            let ends = series.filter { $0["sensor"] == .string(sensor) && $0["source"] == .string(source) }
                .compactMap { entry -> Instant? in
                    guard let start = entry["start"]?.stringValue.flatMap({ SampleTime.instant($0) }) else {
                        return nil
                    }
                    let step: TimeSpan = source == "market" ? .hours(1) : .minutes(15)
                    return start + step * (entry["values"]?.arrayValue?.count ?? 0)
                }
            #expect(try #require(ends.max()) > now + .hours(6), "\(sensor)")
        }
    }
}
