import ArgumentParser
import EnergyCore
import Foundation
import Services

/// Copies what another server holds: first who and what there is, then the values of each sensor by source.
struct PeerImport {
    let server: PeerConnection
    let services: FlexServices
    /// No data before.
    let since: Instant?

    private struct Tally {
        var values = 0
        var series = 0
        var faults: [String] = []
    }

    func run(withData: Bool) throws {
        let content = try content()
        let summary = try services.migration.store(content, as: .host)
        print(
            "Copied \(summary.accounts) accounts, \(summary.users) users, \(summary.assets) assets, "
                + "\(summary.sensors) sensors.")
        guard withData else { return }
        let stop = StopSignal()
        let flag = stop.flag
        defer { stop.end() }
        let tally = try copyData(of: content) { flag.isRaised }
        print("Copied \(tally.values) values of \(tally.series) series.")
        for fault in tally.faults { FileHandle.standardError.write(Data("left out: \(fault)\n".utf8)) }
        if flag.isRaised {
            FileHandle.standardError.write(Data("Stopped; the same command goes on from here.\n".utf8))
            throw ExitCode(130)
        }
        if !tally.faults.isEmpty { throw ExitCode(1) }
    }

    // MARK: Who and what

    private func content() throws -> PeerContent {
        let progress = ProgressLine("Asking for lists")
        defer { progress.finish() }
        var content = PeerContent()
        content.accounts = try list("/accounts")
        content.assetTypes = try list("/assets/types")
        content.assets = try list("/assets", [("all_accessible", "true"), ("include_public", "true")])
        progress.show(1, of: 3)
        var seen: Set<Int> = []
        for account in content.accounts {
            guard let id = account["id"]?.intValue else { continue }
            let query = [("account_id", String(id)), ("include_public_assets", "true")]
            content.sensors += try list("/sensors", query).filter { sensor in
                sensor["id"]?.intValue.map { seen.insert($0).inserted } ?? false
            }
        }
        progress.show(2, of: 3)
        content.users = try optionalList("/users", [("include_inactive", "true")])
        progress.show(3, of: 3)
        return content
    }

    private func list(_ path: String, _ query: [(String, String)] = []) throws -> [JSONValue] {
        let answer = try server.get(path, query)
        guard let list = answer.arrayValue ?? answer["data"]?.arrayValue else {
            throw CommandFailure("\(path): the server answered no list.")
        }
        return list
    }

    /// A list that not every user may see.
    private func optionalList(_ path: String, _ query: [(String, String)]) throws -> [JSONValue] {
        do { return try list(path, query) } catch let refusal as PeerConnection.Refusal where refusal.status == 403 {
            return []
        }
    }

    /// The sources by their ids; older servers have no such list.
    private func sources() throws -> [Int: JSONValue] {
        do {
            let list = try server.get("/sources", [("only_latest", "false")])["sources"]?.arrayValue ?? []
            return Dictionary(
                list.compactMap { source in source["id"]?.intValue.map { ($0, source) } },
                uniquingKeysWith: { first, _ in first })
        } catch is PeerConnection.Refusal {
            return [:]
        }
    }

    // MARK: Data

    private func copyData(of content: PeerContent, isStopped: () -> Bool) throws -> Tally {
        let sources = try sources()
        let places = try services.migration.sensors(of: content).sorted { $0.key < $1.key }
        let progress = ProgressLine("Copying sensors")
        defer { progress.finish() }
        var tally = Tally()
        for (index, (id, sensor)) in places.enumerated() {
            if isStopped() { break }
            do {
                for series in PeerSeries.list(of: try server.get("/sensors/\(id)/stats")) where !isStopped() {
                    let source = try services.migration.source(
                        series, described: sources[series.source], users: content.users, as: .host)
                    let before = tally.values
                    try copy(series, of: id, to: sensor, source, &tally, isStopped)
                    if tally.values > before { tally.series += 1 }
                }
            } catch let refusal as PeerConnection.Refusal {
                tally.faults.append("sensor \(id) '\(TextTable.printable(sensor.name))': \(refusal)")
            }
            progress.show(index + 1, of: places.count)
        }
        return tally
    }

    private func copy(
        _ series: PeerSeries, of id: SensorID, to sensor: Sensor, _ source: DataSource, _ tally: inout Tally,
        _ isStopped: () -> Bool
    ) throws {
        let migration = services.migration
        var mark = try migration.mark(server: server.address, sensor: id, series: series)
        if let since, mark.map({ $0 < since }) ?? true { mark = since }
        for window in series.windows(of: sensor, from: mark) where !isStopped() {
            let answer = try server.get("/sensors/\(id)/data", query(for: window, series, sensor))
            let values = (answer["values"]?.arrayValue ?? []).map(\.doubleValue)
            tally.values += try migration.store(
                values, of: window, series: series, sensor: sensor, peerSensor: id, source: source,
                server: server.address, as: .host)
        }
    }

    private func query(for window: PeerWindow, _ series: PeerSeries, _ sensor: Sensor) -> [(String, String)] {
        let zone = Zone.named(sensor.timezone) ?? .utc
        var query = [
            ("start", window.start.text(in: zone)), ("duration", (window.end - window.start).isoText(.days)),
            ("unit", sensor.unit), ("source", String(series.source)),
        ]
        if sensor.resolution == .zero { query.append(("resolution", window.step.isoText(.days))) }
        return query
    }
}
