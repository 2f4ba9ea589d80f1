import EnergyCore
import Services
import Store
import Synchronization
import TestSupport
import Testing

/// Does what a test tells it.
private struct TestHandler: JobHandler {
    let kind: String
    let body: @Sendable (JobContext) throws -> JSONValue?

    init(_ kind: String = "test", _ body: @escaping @Sendable (JobContext) throws -> JSONValue?) {
        self.kind = kind
        self.body = body
    }

    func run(_ job: JobContext) throws -> JSONValue? { try body(job) }
}

@Suite("Jobs")
struct JobServiceTests {
    private func request(_ payload: JSONObject = [:]) -> JobRequest {
        JobRequest(kind: "test", queue: "scheduling", payload: payload)
    }

    @Test("a job runs once and keeps its result under its id")
    func result() throws {
        let house = try TestHouse()
        let jobs = house.services.jobs
        jobs.register(TestHandler { job in .int((job.payload["n"]?.intValue ?? 0) * 2) })
        let job = try jobs.enqueue(request(["n": 21]), as: .host)
        #expect(job.state == .queued)
        try jobs.runner.runQueuedJobs()
        let done = try jobs.job(job.id, as: .host)
        #expect(done.state == .finished)
        #expect(done.result == 42)
    }

    @Test("failures keep the name and the text of their error")
    func failure() throws {
        let house = try TestHouse()
        let jobs = house.services.jobs
        jobs.register(
            TestHandler { _ in throw JobFailure(errorClass: "UnknownPricesException", message: "prices unknown") })
        let job = try jobs.enqueue(request(), as: .host)
        try jobs.runner.runQueuedJobs()
        let done = try jobs.job(job.id, as: .host)
        #expect(done.state == .failed)
        #expect(done.errorClass == "UnknownPricesException")
        #expect(done.error == "prices unknown")
    }

    @Test("what a job leaves behind is stored with its end or not at all")
    func finalWrites() throws {
        let house = try TestHouse()
        let (jobs, store) = (house.services.jobs, house.store)
        let later = house.clock.now + .hours(1)
        let left = Mutex([Int]())
        func sources() throws -> Int { try store.read { try $0.sources().filter { $0.name == "left behind" }.count } }
        jobs.register(
            TestHandler { job in
                let seen = try store.read { try $0.sources().filter { $0.name == "left behind" }.count }
                let attempt = left.withLock { list in
                    list.append(seen)
                    return list.count
                }
                job.onFinish { transaction, _ in
                    _ = try transaction.ensure(
                        DataSource(id: 0, name: "left behind", type: "test", model: "\(attempt)"))
                }
                // The first worker is so slow that the job is given to another.
                if attempt == 1 {
                    _ = try store.write { try $0.reclaimJobs(at: later, attempts: 3, expiresAt: nil) }
                }
                return .int(Int64(attempt))
            })
        let job = try jobs.enqueue(request(), as: .host)
        try jobs.runner.runQueuedJobs()
        #expect(try jobs.job(job.id, as: .host).result == 2)
        #expect(left.withLock { $0 } == [0, 0])
        #expect(try sources() == 1)
    }

    @Test("an equal request within the hour gets the same job, unless it is forced or failed")
    func equalRequests() throws {
        let house = try TestHouse()
        let jobs = house.services.jobs
        var same = request()
        same.sameAs = ["start": 1]
        let first = try jobs.enqueue(same, as: .host)
        #expect(try jobs.enqueue(same, as: .host).id == first.id)
        var forced = same
        forced.forcesNew = true
        let second = try jobs.enqueue(forced, as: .host)
        #expect(second.id != first.id)
        house.clock.advance(.hours(2))
        #expect(![first.id, second.id].contains(try jobs.enqueue(same, as: .host).id))
    }

    @Test("a job waits for those it needs, and fails with them")
    func dependencies() throws {
        let house = try TestHouse()
        let jobs = house.services.jobs
        jobs.register(
            TestHandler { job in
                if job.payload["fails"] == true { throw JobFailure(errorClass: "X", message: "x") }
                return nil
            })
        let good = try jobs.enqueue(request(), as: .host)
        let bad = try jobs.enqueue(request(["fails": true]), as: .host)
        var afterGood = request()
        afterGood.needs = [good.id]
        var afterBad = request()
        afterBad.needs = [good.id, bad.id]
        let (third, fourth) = (try jobs.enqueue(afterGood, as: .host), try jobs.enqueue(afterBad, as: .host))
        #expect(third.state == .deferred)
        #expect(try jobs.needs(of: third.id).map(\.id) == [good.id])
        try jobs.runner.runQueuedJobs()
        #expect(try jobs.job(third.id, as: .host).state == .finished)
        #expect(try jobs.job(fourth.id, as: .host).errorClass == "DependencyFailed")
    }

    @Test("a job of a dead worker is given to another, but not for ever")
    func lostWorkers() throws {
        let house = try TestHouse()
        let store = house.store
        let job = try house.services.jobs.enqueue(request(), as: .host)
        for attempt in 1...3 {
            let now = house.clock.now
            let taken = try store.write {
                try $0.claimJob(ofKinds: ["test"], for: "dead", now: now, lease: now + .seconds(30))
            }
            #expect(taken?.id == job.id)
            #expect(taken?.attempts == attempt)
            house.clock.advance(.seconds(31))
            let later = house.clock.now
            #expect(try store.write { try $0.reclaimJobs(at: later, attempts: 3, expiresAt: nil) } == 1)
            // What the dead worker says afterwards does not count.
            if let taken {
                let isEnded = try store.write {
                    try $0.end(taken, owner: "dead", .finished(result: 1), metadata: [:], at: later, expiresAt: nil)
                }
                #expect(!isEnded)
            }
        }
        #expect(try house.services.jobs.job(job.id, as: .host).errorClass == "WorkerLost")
    }

    @Test("waiting jobs are canceled at once, ended ones can run again")
    func cancel() throws {
        let house = try TestHouse()
        let jobs = house.services.jobs
        jobs.register(TestHandler { _ in 1 })
        let job = try jobs.enqueue(request(), as: .host)
        #expect(try jobs.cancel(job.id, as: .host) == .queued)
        #expect(try jobs.job(job.id, as: .host).state == .canceled)
        try jobs.retry(job.id, as: .host)
        try jobs.runner.runQueuedJobs()
        #expect(try jobs.job(job.id, as: .host).state == .finished)
    }

    @Test("started threads take a job as soon as it is there, and drain", .timeLimit(.minutes(1)))
    func threads() throws {
        let house = try TestHouse()
        let jobs = house.services.jobs
        let done = Mutex(0)
        let count = 50
        jobs.register(
            TestHandler { _ in
                done.withLock { $0 += 1 }
                return nil
            })
        jobs.runner.start()
        for _ in 0..<count { _ = try jobs.enqueue(request(), as: .host) }
        while done.withLock({ $0 }) < count {}
        #expect(jobs.runner.drain(patienceMilliseconds: 5_000))
        let counts = try jobs.counts()
        #expect(counts["scheduling"] == [.finished: count])
    }

    @Test("jobs of an asset are listed for whoever may read it")
    func listing() throws {
        let house = try TestHouse()
        let asset = try house.makeAsset("Site")
        let sensor = try house.makeSensor("power", of: asset)
        var ofAsset = request()
        ofAsset.assetID = asset.id
        var ofSensor = request()
        ofSensor.sensorID = sensor.id
        let ids = [
            try house.services.jobs.enqueue(ofAsset, as: .host).id,
            try house.services.jobs.enqueue(ofSensor, as: .host).id,
        ]
        #expect(try house.services.jobs.jobs(ofAsset: asset.id, as: house.caller("member")).map(\.id) == ids)
        #expect(throws: AccessError.forbidden) {
            try house.services.jobs.jobs(ofAsset: asset.id, as: house.caller("stranger"))
        }
        #expect(throws: AccessError.forbidden) {
            try house.services.jobs.job(ids[1], as: house.caller("stranger"))
        }
    }
}
