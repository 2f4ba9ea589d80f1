import EnergyCore
import Foundation
import Store
import TestSupport
import Testing

/// Looks into the store after a crash, beside the program that serves it.
struct StoreAudit {
    let world: FaultWorld
    let ledger: Ledger

    /// Everything that must hold once the program runs again.
    func run(_ comment: Comment) throws {
        let store = try Store(path: world.database)
        defer { try? store.close() }
        try store.read { transaction in
            for write in ledger.takeTried() where write.sensor != "power" {
                let found = try stored(write, transaction)
                let isAcknowledged = ledger.acknowledged.contains(write)
                #expect(
                    found.count == write.count || (found.isEmpty && !isAcknowledged),
                    "\(found.count) of \(write.count) values, acknowledged: \(isAcknowledged); \(comment)")
                #expect(found.allSatisfy { $0 == write.value }, "values of something else; \(comment)")
            }
        }
        try auditJobs(store, comment)
        let check = try store.check()
        #expect(check.isSound, "\(check.problems); \(comment)")
    }

    /// Every acknowledged write since the beginning is there.
    func runForAll() throws {
        let store = try Store(path: world.database)
        defer { try? store.close() }
        try store.read { transaction in
            for write in ledger.acknowledged {
                let found = try stored(write, transaction)
                #expect(found.count == write.count)
            }
        }
    }

    private func stored(_ write: Write, _ transaction: ReadTransaction) throws -> [Double] {
        let range = EventRange(from: write.start, until: write.start + Int64(write.count) * Ledger.step)
        return try transaction.beliefs(of: world.sensor(write.sensor), in: range, filter: BeliefFilter(.live)).values
    }

    /// Every acknowledged job comes to its end, and each has written one plan.
    private func auditJobs(_ store: Store, _ comment: Comment) throws {
        let isOver = wait {
            try store.read { try $0.jobs(.everything, limit: 1_000_000) }.allSatisfy { $0.state.isOver }
        }
        #expect(isOver, "jobs do not end; \(comment)")
        try store.read { transaction in
            for id in ledger.jobs {
                let job = try #require(try transaction.job(id), "an acknowledged job is gone; \(comment)")
                #expect(job.state == .finished, "\(job.state) \(job.error ?? ""); \(comment)")
            }
            let plans = try transaction.beliefs(of: world.sensor("power"), in: .all, filter: BeliefFilter(.live))
            #expect(Set(plans.starts).count == plans.count, "a job has saved its plan twice; \(comment)")
            #expect(plans.count >= ledger.jobs.count * 16, "a finished job has no plan; \(comment)")
            #expect(plans.count.isMultiple(of: 16), "a plan is stored in part; \(comment)")
        }
    }

    private func wait(until holds: () throws -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if (try? holds()) == true { return true }
            usleep(5_000)
        }
        return false
    }
}
