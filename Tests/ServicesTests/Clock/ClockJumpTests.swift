import EnergyCore
import Services
import Store
import TestSupport
import Testing

@testable import Services

/// Somebody sets the clock of a machine that serves.
@Suite("Clocks that jump")
struct ClockJumpTests {
    static let jumps: [TimeSpan] = [.hours(-72), .hours(-1), .hours(2), .days(30)]

    @Test("a token is void only while the clock says so", arguments: jumps)
    func tokens(jump: TimeSpan) throws {
        let house = try TestHouse()
        let access = house.services.access
        let issued = try access.signIn(email: "member@example.com", password: "password of member")
        house.clock.jump(by: jump)
        // Others sign in and chores are done meanwhile.
        _ = try access.signIn(email: "owner@example.com", password: "password of owner")
        house.services.housekeeping.tidy()
        if jump < .hours(6) {
            #expect(try access.authenticate(token: issued.token, origin: .api).name == "member")
        } else {
            #expect(throws: AccessError.unauthenticated) { try access.authenticate(token: issued.token, origin: .api) }
        }
        house.clock.jump(by: .zero - jump)
        #expect(try access.authenticate(token: issued.token, origin: .api).name == "member")
        house.clock.advance(.hours(6))
        #expect(throws: AccessError.unauthenticated) { try access.authenticate(token: issued.token, origin: .api) }
    }

    @Test("whoever has to wait to sign in does not wait for longer", arguments: jumps)
    func throttle(jump: TimeSpan) throws {
        let house = try TestHouse()
        let access = house.services.access
        for _ in 0..<20 {
            _ = try? access.signIn(email: "member@example.com", password: "wrong")
            house.clock.advance(.minutes(5))
        }
        _ = try? access.signIn(email: "member@example.com", password: "wrong")
        house.clock.jump(by: jump)
        do {
            _ = try access.signIn(email: "member@example.com", password: "password of member")
            #expect(jump > .zero)
        } catch SignInError.throttled(let seconds) {
            #expect(jump < .zero && seconds <= 300)
        }
    }

    @Test("jobs that wait and results are forgotten only when a clock has run evenly for an hour", arguments: jumps)
    func chores(jump: TimeSpan) throws {
        let house = try TestHouse()
        let jobs = house.services.jobs
        let job = try jobs.enqueue(JobRequest(kind: "test", queue: "scheduling", payload: [:]), as: .host)
        house.clock.jump(by: jump)
        house.services.housekeeping.tidy()
        house.clock.advance(.minutes(59))
        house.services.housekeeping.tidy()
        #expect(try jobs.find(job.id) != nil)
        house.clock.advance(.minutes(2))
        house.services.housekeeping.tidy()
        let isGone = try jobs.find(job.id) == nil
        #expect(isGone == (jump > .days(1)))
    }

    @Test("a job that is at work stays with its worker; one of a dead worker is taken back soon", arguments: jumps)
    func leases(jump: TimeSpan) throws {
        let house = try TestHouse()
        let runner = house.services.jobs.runner
        let job = try house.services.jobs.enqueue(
            JobRequest(kind: "test", queue: "scheduling", payload: [:]), as: .host)
        let before = house.clock.now
        let taken = try house.store.write {
            try $0.claimJob(ofKinds: ["test"], for: "elsewhere:1:1", now: before, lease: before + .seconds(30))
        }
        let work = try #require(taken)
        house.clock.jump(by: jump)
        runner.reclaim()
        #expect(try house.services.jobs.find(job.id)?.state == .started)
        house.clock.advance(.seconds(20))
        let later = house.clock.now
        let beat = try house.store.write {
            try $0.heartbeat(work, owner: "elsewhere:1:1", lease: later + .seconds(30), progress: 0.5, text: "")
        }
        #expect(beat.isOwned)
        house.clock.advance(.seconds(20))
        runner.reclaim()
        #expect(try house.services.jobs.find(job.id)?.state == .started)
        // It dies; two leases later somebody else has the job.
        for _ in 0..<2 {
            house.clock.advance(.seconds(31))
            runner.reclaim()
        }
        #expect(try house.services.jobs.find(job.id)?.state == .queued)
    }

    @Test("a worker that died before a clock was set back does not keep its job until the clock has caught up")
    func longLease() throws {
        let house = try TestHouse()
        let job = try house.services.jobs.enqueue(
            JobRequest(kind: "test", queue: "scheduling", payload: [:]), as: .host)
        let now = house.clock.now
        _ = try house.store.write {
            try $0.claimJob(ofKinds: ["test"], for: "elsewhere:1:1", now: now, lease: now + .seconds(30))
        }
        house.clock.jump(by: .days(-2))
        for _ in 0..<3 {
            house.services.jobs.runner.reclaim()
            house.clock.advance(.seconds(31))
        }
        house.services.jobs.runner.reclaim()
        #expect(try house.services.jobs.find(job.id)?.state == .queued)
    }

    @Test("an equal request is answered with the same job for an hour at most", arguments: jumps)
    func sameRequest(jump: TimeSpan) throws {
        let house = try TestHouse()
        var request = JobRequest(kind: "test", queue: "scheduling", payload: [:])
        request.sameAs = "same"
        let first = try house.services.jobs.enqueue(request, as: .host)
        #expect(try house.services.jobs.enqueue(request, as: .host).id == first.id)
        house.clock.jump(by: jump)
        #expect(try house.services.jobs.enqueue(request, as: .host).id != first.id)
    }

    @Test("sensors are as fresh as before once the clock is right again", arguments: jumps)
    func staleness(jump: TimeSpan) throws {
        let house = try TestHouse()
        let sensor = try house.makeSensor("power", of: try house.makeAsset("Site"))
        try house.measure(3, of: sensor)
        let before = try house.services.status.status(of: sensor.id, as: .live, caller: .host)
        house.clock.jump(by: jump)
        _ = try house.services.status.status(of: sensor.id, as: .live, caller: .host)
        house.clock.jump(by: .zero - jump)
        let after = try house.services.status.status(of: sensor.id, as: .live, caller: .host)
        #expect(after.map(\.verdict) == before.map(\.verdict))
    }

    @Test("changes by other processes are seen at once after a jump", arguments: jumps)
    func directory(jump: TimeSpan) throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/store.db")
        let other = FlexServices(
            store: try Store(path: house.store.path), settings: house.services.settings, clock: house.clock,
            logger: house.services.context.logger)
        _ = try other.assets.types()
        let asset = try house.makeAsset("Site")
        house.clock.jump(by: jump)
        #expect(try other.assets.asset(asset.id, as: .host).name == "Site")
    }
}
