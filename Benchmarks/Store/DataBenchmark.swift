import EnergyCore
import Foundation
import Logging
import Services
import Sheets
import Store

/// How fast data go through the services: by file, by post, and out again.
struct DataBenchmark {
    let rows: Int
    let folder: String
    let services: FlexServices
    let caller: Caller
    let sensors: [Sensor]

    init(rows: Int, folder: String) throws {
        self.rows = rows
        self.folder = folder
        let store = try Store(path: folder + "/services.db")
        var settings = ServiceSettings()
        settings.jobs.workers = 0
        services = FlexServices(
            store: store, settings: settings, clock: SystemClock(), logger: Logger(label: "benchmark"))
        (caller, sensors) = try store.write { transaction in
            let account = try transaction.insert(Account(id: 0, name: "a"))
            var user = User(id: 0, username: "dora", email: "dora@example.com", accountID: account)
            user.id = try transaction.insert(user, passwordHash: nil)
            let asset = try transaction.insert(
                Asset(id: 0, name: "a", accountID: account, type: AssetType(id: 5, name: "battery")))
            let sensors = try ["file", "sorted by nobody", "post"].map { name in
                var sensor = Sensor(
                    id: 0, name: name, assetID: asset, unit: "kW", resolution: .minutes(5),
                    timezone: "Europe/Amsterdam")
                sensor.id = try transaction.insert(sensor)
                return sensor
            }
            return (Caller(user: user, origin: .api), sensors)
        }
    }

    func run() throws {
        print("through the services, \(rows) rows")
        let start = Instant(seconds: 1_577_833_200)
        let lines = (0..<rows).map { row in
            (start + .minutes(5) * row).utcText + "," + String(Double(row % 1000) / 8)
        }
        try write(lines, to: "/sorted.csv")
        try measure("upload of a file in time order", rows) { try upload("/sorted.csv", to: sensors[0]) }
        try write(lines.shuffled(), to: "/shuffled.csv")
        try measure("upload of a file out of order", rows) { try upload("/shuffled.csv", to: sensors[1]) }
        try measure("the same file again, nothing new", rows) { try upload("/sorted.csv", to: sensors[0]) }
        try post(from: start)
        try read(from: start)
    }

    private func write(_ lines: [String], to name: String) throws {
        try Data((["event_start,event_value"] + lines).joined(separator: "\n").utf8)
            .write(to: URL(filePath: folder + name))
    }

    private func upload(_ name: String, to sensor: Sensor) throws {
        let file = UploadedFile(name: "a.csv", source: .file(path: folder + name))
        try services.data.upload(UploadRequest(files: [file]), to: sensor.id, as: caller)
    }

    private func post(from start: Instant) throws {
        let size = 10_000
        let posts = rows / size
        let values = (0..<size).map { Double($0 % 100) }
        try measure("posts of 10,000 values", posts * size) {
            for index in 0..<posts {
                let from = AwareDateTime(instant: start + .minutes(5) * (index * size), offset: 0)
                let post = DataPost(values: values, start: from, duration: .minutes(5) * size, unit: "kW")
                try services.data.post(post, to: sensors[2].id, as: caller)
            }
        }
        let count = min(5000, rows)
        try measure("posts of one value, one commit each", count) {
            for index in 0..<count {
                let from = AwareDateTime(instant: start + .minutes(5) * (rows + index), offset: 0)
                let post = DataPost(values: [1], start: from, duration: .minutes(5), unit: "kW")
                try services.data.post(post, to: sensors[2].id, as: caller)
            }
        }
    }

    private func read(from start: Instant) throws {
        func ask(_ duration: TimeSpan, _ resolution: TimeSpan? = nil, at offset: TimeSpan = .zero) throws -> Int {
            var query = DataQuery(
                start: AwareDateTime(instant: start + offset, offset: 0), duration: ISODuration(span: duration),
                unit: "kW")
            query.resolution = resolution
            return try services.data.data(of: sensors[0].id, query, as: .live, caller: caller).values.count
        }
        let all = TimeSpan.minutes(5) * rows
        try measure("everything of a sensor in one answer", rows) { _ = try ask(all) }
        try measure("everything of a sensor, hourly means", rows) { _ = try ask(all, .hours(1)) }
        try measure("everything of a sensor, daily means", rows) { _ = try ask(all, .days(1)) }
        try measure("a day of a sensor", 5000) {
            for index in 0..<5000 { _ = try ask(.days(1), at: .days(Int64(index * 7 % max(1, rows / 288 - 1)))) }
        }
    }
}
