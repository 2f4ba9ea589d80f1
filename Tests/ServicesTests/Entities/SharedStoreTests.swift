import EnergyCore
import Foundation
import Logging
import Store
import TestSupport
import Testing

@testable import Services

/// Two sets of services on one file stand for two processes.
@Suite("Several processes on one store")
struct SharedStoreTests {
    private struct Handler: JobHandler {
        let kind = "test"
        let body: @Sendable (JobContext) -> Void

        func run(_ job: JobContext) throws -> JSONValue? {
            body(job)
            return 1
        }
    }

    private func other(_ house: TestHouse) throws -> FlexServices {
        FlexServices(
            store: try Store(path: house.store.path), settings: house.services.settings, clock: house.clock,
            logger: Logger(label: "other"))
    }

    @Test("records changed elsewhere are seen a quarter of a second later")
    func records() throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/store.db")
        let other = try other(house)
        #expect(try other.assets.assets(AssetQuery(), as: .host).items.isEmpty)
        let asset = try house.makeAsset("Site")
        let sensor = try house.makeSensor("power", of: asset)
        house.clock.advance(TimeSpan(microseconds: 250_000))
        #expect(try other.sensors.sensor(sensor.id, as: .host) == sensor)
        try other.assets.delete(asset.id, as: .host)
        house.clock.advance(TimeSpan(microseconds: 250_000))
        #expect(throws: NotFound(.sensor, sensor.id)) { try house.services.sensors.sensor(sensor.id, as: .host) }
    }

    @Test("a token is good in every process, and void in all once revoked")
    func tokens() throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/store.db")
        let other = try other(house)
        let issued = try house.services.access.signIn(email: "member@example.com", password: "password of member")
        #expect(try other.access.authenticate(token: issued.token, origin: .api).name == "member")
        try house.services.users.resetPassword(of: issued.userID, as: .host)
        house.clock.advance(TimeSpan(microseconds: 250_000))
        #expect(throws: AccessError.unauthenticated) {
            try other.access.authenticate(token: issued.token, origin: .api)
        }
    }

    @Test("a job put into the queue here runs there, once", .timeLimit(.minutes(1)))
    func jobs() async throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/store.db")
        let (runs, continuation) = AsyncStream.makeStream(of: JobID.self)
        let others = try [other(house), other(house)]
        for other in others {
            other.jobs.register(Handler { continuation.yield($0.id) })
            other.jobs.runner.start()
        }
        var enqueued: [JobID] = []
        for _ in 0..<20 {
            let request = JobRequest(kind: "test", queue: "scheduling", payload: [:])
            enqueued.append(try house.services.jobs.enqueue(request, as: .host).id)
        }
        var ran: [JobID] = []
        for await id in runs {
            ran.append(id)
            if ran.count == enqueued.count { break }
        }
        for other in others { other.close() }
        #expect(ran.sorted() == enqueued.sorted())
        let counts = try house.services.jobs.counts()
        #expect(counts["scheduling"] == [.finished: 20])
    }

    @Test("jobs of a process that was killed run again as soon as another one starts", .timeLimit(.minutes(1)))
    func killed() async throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/store.db")
        let job = try house.services.jobs.enqueue(
            JobRequest(kind: "test", queue: "scheduling", payload: [:]), as: .host)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        let parts = ProcessName.own().split(separator: ":")
        let dead = "\(parts[0]):\(process.processIdentifier):1"
        let now = house.clock.now
        _ = try house.store.write {
            try $0.claimJob(ofKinds: ["test"], for: dead, now: now, lease: now + .hours(1))
        }
        let (runs, continuation) = AsyncStream.makeStream(of: Int.self)
        house.services.jobs.register(Handler { continuation.yield($0.job.attempts) })
        house.services.jobs.runner.start()
        var iterator = runs.makeAsyncIterator()
        let attempt = await iterator.next()
        #expect(attempt == 2)
        #expect(house.services.jobs.runner.drain(patienceMilliseconds: 5_000))
        #expect(try house.services.jobs.job(job.id, as: .host).state == .finished)
    }

    @Test("changes made elsewhere are told to listeners", .timeLimit(.minutes(1)))
    func notices() async throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/store.db")
        let other = try other(house)
        var changes = other.notices.changes().makeAsyncIterator()
        // The first look of the watch must come before the change.
        _ = try other.accounts.create(["name": "Own"], as: .host)
        let own = await changes.next()
        #expect(own?.contains { $0.subject == .accounts } == true)
        let asset = try house.makeAsset("Site")
        while let set = await changes.next() {
            if set.contains(Change(subject: .assets, id: asset.id)) { break }
        }
    }
}
