import EnergyCore
import Foundation
import TestSupport
import Testing

@Suite("Killed at any moment", .serialized)
struct KillTests {
    /// `make test-faults` asks for many.
    private static let rounds = ProcessInfo.processInfo.environment["FLEXDECK_FAULT_ROUNDS"].flatMap(Int.init) ?? 6

    @Test("what was acknowledged is there, nothing is there by half, jobs are done once")
    func kills() throws {
        var random = SeededGenerator(seed: 20_261_125)
        let world = try FaultWorld()
        let ledger = Ledger()
        let audit = StoreAudit(world: world, ledger: ledger)
        for round in 1...Self.rounds {
            let file = round.isMultiple(of: 3) ? try startImport(world, ledger) : nil
            try killUnderLoad(world, ledger, &random)
            if let file { end(file, with: &random, ledger) }
            let restarted = try ServingProgram(database: world.database)
            try audit.run("round \(round)")
            #expect(restarted.end(with: SIGTERM) == 0, "round \(round)")
        }
        try audit.runForAll()
        #expect(ledger.refusals.isEmpty, "\(ledger.refusals.prefix(3))")
        let check = try BuiltProgram.run(["check", "--db", world.database])
        #expect(check.status == 0, "\(check.output) \(check.errors)")
        print("\(Self.rounds) kills, \(ledger.acknowledged.count) writes and \(ledger.jobs.count) jobs acknowledged")
    }

    /// Kills the server some time after it has acknowledged a few requests.
    private func killUnderLoad(_ world: FaultWorld, _ ledger: Ledger, _ random: inout SeededGenerator) throws {
        let server = try ServingProgram(database: world.database)
        let load = Load(world, ledger)
        let goal = ledger.count + Int.random(in: 0...30, using: &random)
        load.start(on: server)
        let deadline = ContinuousClock.now + .seconds(60)
        while ledger.count < goal, ContinuousClock.now < deadline { usleep(200) }
        usleep(UInt32.random(in: 0...20_000, using: &random))
        #expect(server.end(with: SIGKILL) == -SIGKILL)
        load.stop()
    }

    private func startImport(_ world: FaultWorld, _ ledger: Ledger) throws -> (process: ChildProcess, write: Write) {
        let write = ledger.newWrite(to: FaultWorld.imports, count: 900)
        return (try world.startImport(of: write), write)
    }

    /// Lets the command finish, or kills it, too.
    private func end(
        _ file: (process: ChildProcess, write: Write), with random: inout SeededGenerator, _ ledger: Ledger
    ) {
        if Bool.random(using: &random) { file.process.send(SIGKILL) }
        if file.process.wait() == 0 { ledger.acknowledge(file.write) }
    }
}
