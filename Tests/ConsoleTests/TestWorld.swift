import Console
import EnergyCore
import Foundation
import Logging
import SampleData
import Services
import Store
import TestSupport

/// The sample data in a store of its own, with a clock that stands still.
final class TestWorld: Sendable {
    let services: FlexServices
    let clock: ManualClock
    private let folder: URL

    /// Thursday 30 April 2026, 14:37:05 in Amsterdam.
    static let moment = Instant(seconds: 1_777_552_625)

    /// The filled store is made once and copied for every world.
    private static let template: URL = {
        let folder = newFolder()
        let file = folder.appendingPathComponent("template.db")
        do {
            let store = try Store(path: file.path)
            let services = services(store, ManualClock(moment))
            let world = try SampleShift(now: moment).world(from: SampleFiles(SampleWorld()))
            _ = try services.world.importWorld(world, as: .host)
            try store.close()
        } catch {
            preconditionFailure("the sample data cannot be loaded: \(error)")
        }
        return file
    }()

    /// Without workers jobs stay in the queue.
    init(isEmpty: Bool = false, workers: Int = 0, patience: Double? = nil, isReadOnly: Bool = false) throws {
        folder = Self.newFolder()
        clock = ManualClock(Self.moment)
        let file = folder.appendingPathComponent("world.db")
        if !isEmpty { try FileManager.default.copyItem(at: Self.template, to: file) }
        var settings = StoreSettings()
        if let patience { settings.patience = patience }
        settings.isReadOnly = isReadOnly
        services = Self.services(try Store(path: file.path, settings: settings), clock, workers: workers)
    }

    deinit {
        try? services.context.store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func services(_ store: Store, _ clock: ManualClock, workers: Int = 0) -> FlexServices {
        var settings = ServiceSettings()
        settings.timezone = "Europe/Amsterdam"
        settings.access.passwordCost = .testing
        settings.jobs.workers = workers
        return FlexServices(
            store: store, settings: settings, clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private static func newFolder() -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flexdeck-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// A folder for files of one test.
    func newFilesFolder() -> String {
        let url = folder.appendingPathComponent(UUID().uuidString)
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path
    }

    /// A manual of two topics, in a folder of its own.
    func newManual() throws -> String {
        let folder = newFilesFolder()
        let pumps =
            "# Pumps\n\nUse `it` with **care**: the [hydraulic pump](x.md)\nis loud.\n\n* one\n* two\n\n    code\n\n| key | does |\n|---|---|\n| a | b |\n"
        try TextFile.write(pumps, to: "\(folder)/pumps.md")
        try TextFile.write("# Valves\n\nShut them.\n", to: "\(folder)/valves.md")
        return folder
    }

    func asset(_ path: String) throws -> Asset {
        let records = try services.context.records()
        let names = path.split(separator: "/").map(String.init)
        var found: Asset?
        for name in names {
            guard let next = records.children(of: found?.id).first(where: { $0.name == name }) else {
                throw NotFound(.asset, id: path)
            }
            found = next
        }
        guard let found else { throw NotFound(.asset, id: path) }
        return found
    }

    /// Alarms that came and went in the last days, told once.
    func tellPastAlarms() throws {
        let records = try services.context.records()
        let alarms = try services.alarms.alarms(as: .host).filter { $0.title.hasSuffix("data are stale") }
        guard let charger = alarms.first(where: { $0.title.hasPrefix("Charger 3") }),
            let market = alarms.first(where: { $0.title.hasPrefix("Day-ahead market") }),
            try services.alarmHistory.records(since: clock.now - .days(30), in: nil, as: .host).isEmpty
        else { return }
        try services.context.store.write { transaction in
            for (index, hours) in [2, 2, 3, 4, 9, 9, 9, 21, 30, 75, 100, 400].enumerated() {
                let alarm = index % 3 == 0 ? market : charger
                let name = alarm.sensorID.flatMap { records.sensor($0)?.name } ?? ""
                var record = AlarmRecord(
                    alarm: alarm.key, subject: alarm.key, assetID: alarm.assetID,
                    place: alarm.assetID.flatMap { records.asset($0)?.name } ?? "", title: "\(name) silent",
                    raisedAt: clock.now - .hours(Int64(hours)) + .minutes(Int64(index)))
                record.isUrgent = index % 3 == 0
                record.clearedAt = record.raisedAt + .minutes(Int64(17 + index))
                try transaction.insert(record)
            }
        }
    }

    /// A reading of every battery's charge, as of now.
    func tellCharge() throws {
        let levels = try services.context.store.read { try $0.sensors() }.filter { $0.name == "state of charge" }
        let now = clock.now
        try services.context.store.write { transaction in
            let source = try transaction.insert(DataSource(id: 0, name: "battery management", type: "gateway"))
            for sensor in levels {
                var batch = BeliefBatch(sensor: sensor, source: source)
                batch.append(start: now.seconds / 900 * 900, believedAt: now, value: 100)
                _ = try transaction.save(batch)
            }
        }
    }
}
