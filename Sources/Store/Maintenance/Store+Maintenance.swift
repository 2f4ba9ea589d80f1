import EnergyCore
import FoundationEssentials
import GRDB

extension Store {
    /// Moves what the write-ahead log holds into the file itself. Happens by itself all the time; explicit after large
    /// imports and before the file is copied.
    package func checkpoint() throws {
        if path == ":memory:" || settings.isReadOnly { return }
        try StoreError.translating {
            try pausingCheckpoints {
                try engine.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            }
        }
    }

    /// Copies the store to a new file while others go on working with it. The copy is the store as it was when this
    /// began; the file appears under its name only when it is complete.
    ///
    /// - Parameter progress: receives the part done, from 0 to 1; what it throws ends the copy
    package func backUp(to target: String, progress: (Double) throws -> Void = { _ in }) throws {
        let files = FileManager.default
        if files.fileExists(atPath: target) {
            throw StoreError.cannotOpen(path: target, detail: "there is a file of that name already")
        }
        let partial = target + ".partial"
        try? files.removeItem(atPath: partial)
        defer { for suffix in ["", "-journal", "-wal", "-shm"] { try? files.removeItem(atPath: partial + suffix) } }
        try StoreError.translating {
            let copy = try DatabaseQueue(path: partial)
            try withoutActuallyEscaping(progress) { progress in
                try engine.backup(to: copy, pagesPerStep: 2000) { step in
                    if step.totalPageCount > 0 {
                        try progress(Double(step.completedPageCount) / Double(step.totalPageCount))
                    }
                }
            }
            try copy.close()
        }
        do {
            try files.moveItem(atPath: partial, toPath: target)
        } catch {
            throw StoreError.cannotOpen(path: target, detail: "the copy cannot be put there")
        }
    }

    /// Gives the room of deleted data back to the disk. Needs about as much free room as the store takes, and keeps
    /// writers waiting.
    package func vacuum() throws {
        if settings.isReadOnly { throw StoreError.readOnly }
        try StoreError.translating { try pausingCheckpoints { try engine.vacuum() } }
        try checkpoint()
    }

    private func pausingCheckpoints(_ body: () throws -> Void) throws {
        guard let checkpointer else { return try body() }
        try checkpointer.pausing(body)
    }

    /// Works roll-ups and summaries of every sensor out again from the beliefs, one sensor per transaction.
    ///
    /// - Parameter progress: receives the part done, from 0 to 1; what it throws ends the work between two sensors
    package func rebuildDerived(progress: (Double) throws -> Void = { _ in }) throws {
        let sensors = try read { try $0.sensors() }
        for (index, sensor) in sensors.enumerated() {
            try progress(Double(index) / Double(sensors.count))
            try write { transaction in
                try transaction.rebuildDerived(of: sensor)
                transaction.note(.beliefs, sensor.id)
            }
        }
        try write { try $0.deleteOrphans() }
        try progress(1)
    }
}

extension WriteTransaction {
    /// Removes roll-ups and summaries of sensors that have no beliefs.
    fileprivate func deleteOrphans() throws {
        for table in ["roll_up", "belief_summary"] {
            try database.execute(
                sql: """
                    DELETE FROM \(table) WHERE sensor NOT IN
                        (SELECT DISTINCT sensor FROM \(table)
                        WHERE EXISTS (SELECT 1 FROM belief WHERE belief.sensor = \(table).sensor)
                        OR EXISTS (SELECT 1 FROM belief_block WHERE belief_block.sensor = \(table).sensor))
                    """)
        }
    }
}
