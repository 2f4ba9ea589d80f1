import EnergyCore
import Foundation
import Sheets

/// Prints what the parsers, units and resampling do per second, on one core; reads the files named on the command line
/// instead, if there are any.
@main
struct CoreBenchmark {
    static func main() throws {
        let paths = CommandLine.arguments.dropFirst()
        for path in paths {
            var rows = 0
            try measure("bytes of \(path)", SheetSource.file(path: path).size) {
                try SheetReader.forEachRow(of: .file(path: path)) { _ throws(SheetFault) in rows += 1 }
            }
            print("\(rows) rows, \(peakMemory()) kB of memory at most")
        }
        if !paths.isEmpty { return }
        try json()
        try times()
        try units()
        try series()
        try files(rows: 1_000_000)
    }

    private static func json() throws {
        let values = (0..<100_000).map { Double($0 * 7919 % 100_003) / 7 }
        var writer = JSONWriter(capacity: 2_000_000)
        measure("JSON: write numbers", values.count) { writer.write(values) }
        let body = Array("{\"values\": ".utf8) + writer.bytes + Array(", \"unit\": \"kW\"}".utf8)
        try measure("JSON: read numbers as a column", values.count) {
            _ = try JSONDocument(parsing: body, columns: ["values"])
        }
        try measure("JSON: read numbers as values", values.count) { _ = try JSONValue(parsing: body) }
        let object: JSONValue = ["id": 1, "name": "meter", "unit": "kW", "attributes": ["a": [1, 2.5, "x"]], "z": nil]
        let objects = JSONValue.array(Array(repeating: object, count: 20_000))
        var text: [UInt8] = []
        measure("JSON: write small objects", 20_000) { text = objects.bytes(.sorted) }
        try measure("JSON: read small objects", 20_000) { _ = try JSONValue(parsing: text) }
    }

    private static func times() throws {
        let zone = Zone.named("Europe/Amsterdam") ?? .utc
        let texts = (0..<200_000).map { Instant(seconds: 1_600_000_000 + $0 * 900).text(in: zone) }
        var sum: Int64 = 0
        try measure("time: read aware datetimes", texts.count) {
            for text in texts { sum &+= try Instant(parsing: text).microseconds }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(texts.count * 30)
        measure("time: print datetimes in a zone", texts.count) {
            for second in 0..<texts.count {
                let moment = Instant(seconds: 1_600_000_000 + Int64(second) * 900)
                moment.append(offset: zone.offset(at: moment), to: &bytes)
            }
        }
        measure("time: offsets of a zone", 5_000_000) {
            for index in 0..<5_000_000 { sum &+= Int64(zone.offset(atSecond: 1_000_000_000 + Int64(index) * 211)) }
        }
        try measure("time: read durations", 200_000) {
            for _ in 0..<200_000 { sum &+= try ISODuration(parsing: "PT1H30M").span.microseconds }
        }
        precondition(sum != 1)
    }

    private static func units() throws {
        var sum = 0.0
        try measure("units: conversions by text", 500_000) {
            for _ in 0..<500_000 {
                sum += try Unit.conversion(from: "EUR/MWh", to: "cEUR/kWh", duration: .hours(1))(1)
            }
        }
        try measure("units: read new texts", 50_000) {
            for index in 0..<50_000 { sum += try Unit(parsing: "\(index) kWh/m²").coefficient }
        }
        var values = [Double](repeating: 1.5, count: 1_000_000)
        let conversion = try Unit.conversion(from: "kW", to: "MW", duration: .zero)
        measure("units: convert values", values.count) { conversion.apply(to: &values) }
        precondition(sum + values[0] != 0)
    }

    private static func series() throws {
        let start = try AwareDateTime(parsing: "2024-01-01T00:00:00+01:00")
        let zone = Zone.named("Europe/Amsterdam") ?? .utc
        let starts = (0..<35_136).map { start.instant.seconds + Int64($0) * 900 }
        let values = starts.map { Double($0 % 97) }
        for resolution in ["PT15M", "PT1H", "P1D", "PT5M"] {
            let window = try SeriesWindow(
                start: start, duration: ISODuration(parsing: "P366D"), resolution: ISODuration(parsing: resolution).span,
                sensorResolution: .minutes(15), zone: zone)
            measure("series: a year of quarter-hours at \(resolution)", values.count) {
                _ = window.resampled(starts: starts, values: values)
            }
        }
    }

    private static func files(rows: Int) throws {
        let path = NSTemporaryDirectory() + "flexdeck-core-benchmark.csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        var bytes = Array("event_start,event_value\n".utf8)
        for index in 0..<rows {
            Instant(seconds: 1_600_000_000 + Int64(index) * 900).append(offset: 3600, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            NumberText.append(Double(index % 1000) / 8, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        bytes = []
        let before = peakMemory()
        var cells = 0
        try measure("files: rows of a text", rows) {
            try SheetReader.forEachRow(of: .file(path: path)) { row throws(SheetFault) in cells += row.count }
        }
        let zone = Zone.named("Europe/Amsterdam") ?? .utc
        let sensor = Sensor(
            id: 1, name: "s", assetID: 1, unit: "kW", resolution: .minutes(15), timezone: zone.name)
        var count = 0
        try measure("files: upload checked and delivered", rows) {
            try Upload(.file(path: path), UploadOptions(sensor: sensor, zone: zone)).read { count += $0.starts.count }
        }
        precondition(count == rows && cells == 2 * rows + 2)
        print("files: memory of it".padded, "\(peakMemory() - before) kB beyond the \(before) kB before")
    }

    /// The most memory the process ever held, in kB.
    private static func peakMemory() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }
}
