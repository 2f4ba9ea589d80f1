import EnergyCore
import Services
import Store

/// Copies the data of another server's sensors: every belief with the moment it was recorded at, or from servers that do
/// not tell that, the newest belief of each source.
struct PeerDataImport {
    let server: PeerConnection
    let services: FlexServices
    /// No data before.
    let since: Instant?
    /// The users there: their sources become those of the users here.
    let users: [JSONValue]
    let isStopped: () -> Bool

    struct Tally {
        var values = 0
        var series = 0
        var faults: [String] = []
    }

    func run(for sensors: [SensorID: Sensor]) throws -> Tally {
        let sources = try sources()
        let progress = ProgressLine("Copying sensors")
        defer { progress.finish() }
        var tally = Tally()
        var tellsBeliefs = true
        for (index, (id, sensor)) in sensors.sorted(by: { $0.key < $1.key }).enumerated() {
            if isStopped() { break }
            do {
                let series = PeerSeries.list(of: try server.get("/api/v3_0/sensors/\(id)/stats"))
                if tellsBeliefs { tellsBeliefs = try copyBeliefs(of: id, to: sensor, series, sources, &tally) }
                if !tellsBeliefs { try copyValues(of: id, to: sensor, series, sources, &tally) }
            } catch let refusal as PeerConnection.Refusal {
                tally.faults.append("sensor \(id) '\(TextTable.printable(sensor.name))': \(refusal)")
            }
            progress.show(index + 1, of: sensors.count)
        }
        return tally
    }

    /// The sources by their ids; older servers have no such list.
    private func sources() throws -> [Int: JSONValue] {
        do {
            let answer = try server.get("/api/v3_0/sources", [("only_latest", "false")])
            return Dictionary(
                (answer["sources"]?.arrayValue ?? []).compactMap { source in
                    source["id"]?.intValue.map { ($0, source) }
                },
                uniquingKeysWith: { first, _ in first })
        } catch is PeerConnection.Refusal {
            return [:]
        }
    }

    // MARK: All beliefs

    /// False if the server does not tell beliefs.
    private func copyBeliefs(
        of id: SensorID, to sensor: Sensor, _ series: [PeerSeries], _ sources: [Int: JSONValue], _ tally: inout Tally
    ) throws -> Bool {
        do {
            try copyAll(of: id, to: sensor, series, sources, &tally)
            return true
        } catch let refusal as PeerConnection.Refusal where refusal.status == 404 || refusal.status == 405 {
            return false
        }
    }

    private func copyAll(
        of id: SensorID, to sensor: Sensor, _ series: [PeerSeries], _ sources: [Int: JSONValue], _ tally: inout Tally
    ) throws {
        let migration = services.migration
        var progress = try migration.progress(server: server.address, sensor: id)
        guard progress.begin(series, since: since) else { return }
        var changed: Set<Int> = []
        while !isStopped(), let window = progress.next(series) {
            let request = window.request(for: sensor, peerID: id)
            guard let answer = PeerBeliefs(try server.get(request.path, request.query), of: sensor) else {
                throw CommandFailure("\(request.path): the server answered no beliefs.")
            }
            let batches = try answer.batches.map { number, batch in
                let name = series.first { $0.source == number }?.description ?? "source \(number)"
                let source = try migration.source(
                    name, described: sources[number] ?? answer.sources[number], users: users, as: .host)
                var batch = batch
                batch.source = source.id
                return (number: number, batch: batch)
            }
            let stored = try migration.store(
                batches.map(\.batch), of: window, progress: &progress, server: server.address, peerSensor: id,
                as: .host)
            tally.values += stored.reduce(0, +)
            for (batch, count) in zip(batches, stored) where count > 0 { changed.insert(batch.number) }
        }
        if !isStopped() { try migration.keep(progress, server: server.address, sensor: id, as: .host) }
        tally.series += changed.count
    }

    // MARK: The newest beliefs

    private func copyValues(
        of id: SensorID, to sensor: Sensor, _ list: [PeerSeries], _ sources: [Int: JSONValue], _ tally: inout Tally
    ) throws {
        for series in list where !isStopped() {
            let source = try services.migration.source(
                series.description, described: sources[series.source], users: users, as: .host)
            let before = tally.values
            try copy(series, of: id, to: sensor, source, &tally)
            if tally.values > before { tally.series += 1 }
        }
    }

    private func copy(
        _ series: PeerSeries, of id: SensorID, to sensor: Sensor, _ source: DataSource, _ tally: inout Tally
    ) throws {
        let migration = services.migration
        var mark = try migration.mark(server: server.address, sensor: id, series: series)
        if let since, mark.map({ $0 < since }) ?? true { mark = since }
        for window in series.windows(of: sensor, from: mark) where !isStopped() {
            let answer = try server.get("/api/v3_0/sensors/\(id)/data", query(for: window, series, sensor))
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
