import EnergyCore
import Store

extension MigrationService {
    /// How far the beliefs about a sensor have been taken over.
    package func progress(server: String, sensor: SensorID) throws -> PeerProgress {
        let name = Self.progressName(server, sensor)
        return try context.store.read { try $0.serverValue(name) }.map(PeerProgress.init) ?? PeerProgress()
    }

    /// Notes that a pass is at its end.
    package func keep(_ progress: PeerProgress, server: String, sensor: SensorID, as caller: Caller) throws {
        guard caller.isAdmin else { throw AccessError.forbidden }
        try context.write { try $0.setServerValue(Self.progressName(server, sensor), to: progress.json) }
    }

    /// Stores the beliefs of a window as they were recorded, and how far the import has come with them. Returns how many
    /// of each batch were new.
    package func store(
        _ batches: [BeliefBatch], of window: PeerBeliefWindow, progress: inout PeerProgress, server: String,
        peerSensor: SensorID, as caller: Caller
    ) throws -> [Int] {
        guard caller.isAdmin else { throw AccessError.forbidden }
        var next = progress
        next.pass(window)
        let counts = try context.write { transaction in
            let counts = try batches.map { batch in
                // What the other server has kept is kept here, repetitions too.
                let result = try transaction.save(batch, rule: SaveRule(mayReplace: true, dropsUnchanged: false))
                return result.stored + result.replaced
            }
            try transaction.setServerValue(Self.progressName(server, peerSensor), to: next.json)
            return counts
        }
        progress = next
        return counts
    }

    private static func progressName(_ server: String, _ sensor: SensorID) -> String { "import \(server) \(sensor)" }
}
