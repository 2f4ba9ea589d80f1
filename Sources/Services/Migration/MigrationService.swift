import EnergyCore
import Store

/// Takes over what another server with the same API holds. Every window of values is stored together with a mark of how
/// far its series has come, so that an import that was stopped goes on there. For admins.
package struct MigrationService: Sendable {
    let context: ServiceContext
    let world: WorldService

    /// Stores everything but data.
    package func store(_ content: PeerContent, as caller: Caller) throws -> WorldSummary {
        try world.importWorld(content.world, as: caller)
    }

    /// The sensors here, by their ids there.
    package func sensors(of content: PeerContent) throws -> [SensorID: Sensor] {
        let records = try context.records()
        return content.sensorPaths.compactMapValues { path in
            var names = WorldPath.names(path)
            let name = names.removeLast()
            var owner: AssetID?
            for part in names {
                guard let next = records.children(of: owner).first(where: { $0.name == part }) else { return nil }
                owner = next.id
            }
            return owner.flatMap { id in records.sensors(of: id).first { $0.name == name } }
        }
    }

    /// The source here that stands for one there.
    /// - Parameters:
    ///   - name: what the server calls it.
    ///   - entry: what the server says about it, in its list of sources or in a chart.
    package func source(
        _ name: String, described entry: JSONValue?, users: [JSONValue], as caller: Caller
    ) throws -> DataSource {
        guard caller.isAdmin else { throw AccessError.forbidden }
        let email = entry?["user_id"]?.intValue.flatMap { id in users.first { $0["id"]?.intValue == id } }?["email"]?
            .stringValue
        return try context.write { transaction in
            if let email, let user = try transaction.user(email: email) {
                return try transaction.ensureSource(of: user)
            }
            return try transaction.ensure(
                DataSource(
                    id: 0, name: entry?["name"]?.stringValue ?? name,
                    type: (entry?["raw_type"] ?? entry?["type"])?.stringValue ?? "import",
                    model: Self.filled(entry?["model"]), version: Self.filled(entry?["version"])))
        }
    }

    private static func filled(_ text: JSONValue?) -> String? {
        text?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// How far a series has been taken over.
    package func mark(server: String, sensor: SensorID, series: PeerSeries) throws -> Instant? {
        let name = Self.markName(server, sensor, series)
        return try context.store.read { try $0.serverValue(name) }?.stringValue.flatMap { try? Instant(parsing: $0) }
    }

    /// Stores a window's values and moves the mark to its end. Returns how many values were new.
    ///
    /// The API does not tell when each value was recorded: it counts as known when its event ended, what forecasters and
    /// schedulers say when it began, and what reaches beyond the last recording when that was made.
    package func store(
        _ values: [Double?], of window: PeerWindow, series: PeerSeries, sensor: Sensor, peerSensor: SensorID,
        source: DataSource, server: String, as caller: Caller
    ) throws -> Int {
        guard caller.isAdmin else { throw AccessError.forbidden }
        let isOutlook = ["forecaster", "scheduler"].contains(source.type)
        let usual: TimeSpan = isOutlook ? (sensor.resolution == .zero ? .hours(1) : sensor.resolution) : .zero
        var batch = BeliefBatch(sensor: sensor, source: source.id)
        batch.reserveCapacity(values.count)
        for (index, value) in values.prefix(window.count).enumerated() {
            guard let value else { continue }
            let event = window.instant(index).seconds
            let horizon = batch.horizon(ofEventAt: event, believedAt: series.recorded)
            batch.append(start: event, horizon: max(usual, horizon), value: value)
        }
        // The last window ends with data that may go on: the next run looks at it again from the last event on.
        let mark = min(window.end, series.end)
        return try context.write { transaction in
            let result = try transaction.save(batch, rule: SaveRule(mayReplace: true))
            try transaction.setServerValue(
                Self.markName(server, peerSensor, series),
                to: .string(mark.text(in: Zone.named(sensor.timezone) ?? .utc)))
            return result.stored + result.replaced
        }
    }

    private static func markName(_ server: String, _ sensor: SensorID, _ series: PeerSeries) -> String {
        "import \(server) \(sensor)/\(series.source)"
    }
}
