import ArgumentParser
import EnergyCore
import Foundation
import Services
import Sheets

/// `flexdeck add data FILE ... --sensor ID`
struct AddData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Record the data of CSV or Excel files for a sensor.",
        discussion: "All files are recorded, or none: a row that cannot be read is named, and nothing is stored.",
        aliases: ["beliefs"])

    @OptionGroup var store: StoreOptions
    @Option(help: "Id of the sensor.") var sensor: Int
    @Option(help: "Id of the source; without it the data are recorded as entered on this machine.") var source: Int?
    @Option(help: "Unit of the values, when it is not the sensor's.") var unit: String?
    @Flag(help: "The values were known when their events ended; otherwise they are known from now on.")
    var measuredInstantly = false
    @Flag(help: "Read 05/01/2026 as 5 January.") var dayFirst = false
    @Argument(help: "CSV or Excel files.") var files: [String]

    func run() throws {
        let services = try Composition.services(store)
        for file in files where !FileManager.default.isReadableFile(atPath: file) {
            throw CommandFailure("\(file) cannot be read.")
        }
        var request = UploadRequest(
            files: files.map { UploadedFile(name: URL(fileURLWithPath: $0).lastPathComponent, source: .file(path: $0)) }
        )
        request.unit = unit
        request.isMeasuredInstantly = measuredInstantly
        request.isDayFirst = dayFirst
        request.source =
            try source.map { try services.sources.source($0) }
            ?? DataSource(id: 0, name: "FlexDeck operator", type: "user")
        let progress = ProgressLine("Recording, per mille")
        let receipt = try services.data.upload(request, to: sensor, as: .host) {
            progress.show(Int($0 * 1000), of: 1000)
        }
        progress.finish()
        switch receipt {
        case .processed: print("The data are recorded.")
        case .alreadyReceived: print("The data are recorded; some or all of them were known already.")
        }
    }
}

/// `flexdeck show data --sensor ID`
struct ShowData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Show a sensor's data as a chart, a table or CSV.", aliases: ["beliefs"])

    @OptionGroup var store: StoreOptions
    @Option(help: "Id of the sensor.") var sensor: Int
    @Option(help: "Start (ISO 8601); a day before now unless given.") var start: String?
    @Option(help: "Length (ISO 8601).") var duration = "P1D"
    @Option(help: "Step of the answer (ISO 8601).") var resolution: String?
    @Option(help: "Unit of the answer.") var unit: String?
    @Option(help: "Only what was known then (ISO 8601).") var prior: String?
    @Option(help: "Only data of this source (id).") var source: Int?
    @Flag(help: "A table instead of a chart.") var table = false
    @Flag(help: "CSV instead of a chart.") var csv = false

    func run() throws {
        let services = try Composition.services(store)
        let shown = try services.sensors.sensor(sensor, as: .host)
        var fields: JSONObject = ["duration": .string(duration), "unit": .string(unit ?? shown.unit)]
        fields["start"] = .string(start ?? defaultStart(services, shown))
        fields["resolution"] = resolution.map { .string($0) }
        fields["prior"] = prior.map { .string($0) }
        fields["source"] = source.map { .int($0) }
        let answer = try services.data.data(of: sensor, try DataQuery(fields: fields), as: .live, caller: .host)
        let zone = Zone.named(shown.timezone) ?? .utc
        if csv {
            print("event_start,value")
            for (start, value) in zip(answer.starts, answer.values) where !value.isNaN {
                print("\(start.text(in: zone)),\(value)")
            }
        } else if table {
            var rows = TextTable([.init("start"), .init(answer.unit, numeric: true)])
            for (start, value) in zip(answer.starts, answer.values) {
                rows.add([start.text(in: zone), value.isNaN ? "--" : "\(value)"])
            }
            print(rows.text)
        } else {
            print(DataChart(sensor: shown, answer: answer, zone: zone).text)
        }
    }

    private func defaultStart(_ services: FlexServices, _ sensor: Sensor) -> String {
        let now = services.clock.now
        let step = max(60, sensor.resolution.microseconds / 1_000_000)
        return Instant(seconds: (now.seconds - 86_400) / step * step).utcText
    }
}

/// `flexdeck delete data --sensor ID`
struct DeleteData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Delete data of a sensor, of a period or of a source.", aliases: ["beliefs"])

    @OptionGroup var store: StoreOptions
    @OptionGroup var force: ForceOption
    @Option(help: "Id of the sensor.") var sensor: Int
    @Option(help: "Only events that start then or later (ISO 8601).") var start: String?
    @Option(help: "Only events that end then or earlier (ISO 8601).") var until: String?
    @Option(help: "Only data of this source (id).") var source: Int?

    func run() throws {
        let services = try Composition.services(store)
        let shown = try services.sensors.sensor(sensor, as: .host)
        var fields = JSONObject()
        fields["start"] = start.map { .string($0) }
        fields["until"] = until.map { .string($0) }
        fields["source"] = source.map { .int($0) }
        let query = try DeletionQuery(fields: fields)
        try force.confirm("data of sensor '\(TextTable.printable(shown.name))'")
        print("Deleted \(try services.data.delete(query, of: sensor, as: .host)) beliefs.")
    }
}
