import EnergyCore
import Foundation
import Store
import TestSupport
import Testing

@Suite("Several programs on one store", .serialized)
struct SharingTests {
    @Test("under load no job is lost or done twice, and nobody hears of locks")
    func servers() throws {
        let world = try FaultWorld()
        let ledger = Ledger()
        let servers = try (0..<3).map { _ in try ServingProgram(database: world.database) }
        let load = Load(world, ledger)
        for server in servers { load.start(on: server) }
        let deadline = ContinuousClock.now + .seconds(60)
        while ledger.count < 150 || ledger.jobs.count < 15, ContinuousClock.now < deadline { usleep(5_000) }
        load.stop()
        #expect(ledger.count >= 150)
        #expect(ledger.refusals.isEmpty, "\(ledger.refusals.prefix(3))")
        try StoreAudit(world: world, ledger: ledger).run("three servers")
        for server in servers { #expect(server.end(with: SIGTERM) == 0) }
        for server in servers { #expect(!server.events.contains("locked"), "\(server.events)") }
    }

    @Test("while another program holds the store, reading goes on and writers wait for their turn")
    func lockedForAWhile() throws {
        let world = try FaultWorld()
        let ledger = Ledger()
        let server = try ServingProgram(database: world.database)
        let store = try Store(path: world.database)
        let load = Load(world, ledger)
        try store.write { _ in
            load.start(on: server)
            let path = "/api/v3_0/sensors/\(try world.sensor("m0").id)"
            for _ in 0..<20 {
                #expect(try server.request("GET", path, headers: ["Authorization": world.token]).status == 200)
            }
            #expect(ledger.count == 0)
        }
        try store.close()
        let deadline = ContinuousClock.now + .seconds(60)
        while ledger.count < 10, ContinuousClock.now < deadline { usleep(5_000) }
        load.stop()
        #expect(ledger.count >= 10)
        #expect(ledger.refusals.isEmpty, "\(ledger.refusals.prefix(3))")
        try StoreAudit(world: world, ledger: ledger).run("locked for a while")
        #expect(server.end(with: SIGTERM) == 0)
    }

    @Test("asked to end in the middle of jobs, it finishes them or leaves them to the next, and ends with 0")
    func drains() throws {
        let world = try FaultWorld()
        let ledger = Ledger()
        for round in 1...3 {
            let server = try ServingProgram(database: world.database)
            for _ in 0..<4 { try world.trigger(ledger.newWrite(to: "power", count: 16), at: server, ledger) }
            #expect(server.end(with: SIGTERM) == 0, "round \(round): \(server.events)")
            #expect(server.events.contains(" end "))
        }
        let server = try ServingProgram(database: world.database)
        #expect(ledger.jobs.count == 12)
        try StoreAudit(world: world, ledger: ledger).run("after three ends")
        #expect(server.end(with: SIGTERM) == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: world.folder.path)
        #expect(!left.contains { $0.hasSuffix("-wal") || $0.hasSuffix("-shm") }, "\(left)")
    }
}
