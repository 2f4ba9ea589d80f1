import EnergyCore
import Scheduling
import Services
import Store
import TestSupport
import Testing

/// Calls what reads, plans and records as every kind of caller, beside `ServicePermissionTests`.
@Suite("Rights at every service, by what it does")
struct WorkPermissionTests {
    typealias Things = ServicePermissionTests.Things
    typealias Call = ServicePermissionTests.Call

    private static let everyone = ServicePermissionTests.everyone
    private static let readers = ServicePermissionTests.readers
    private static let members = ServicePermissionTests.members
    private static let managers = ServicePermissionTests.managers
    private static let admins = ServicePermissionTests.admins
    private static let overseers = ["host", "admin", "reader"]

    static let reading: [(String, [String], Call)] = [
        (
            "read data", readers,
            { _ = try $0.services.data.data(of: $0.sensor.id, Things.window, as: .live, caller: $1) }
        ),
        (
            "read public data", everyone,
            { _ = try $0.services.data.data(of: $0.openSensor.id, Things.prices, as: .live, caller: $1) }
        ),
        (
            "statistics", readers,
            { _ = try $0.services.data.statistics(of: $0.sensor.id, StatisticsQuery(), as: .live, caller: $1) }
        ),
        ("status", readers, { _ = try $0.services.status.status(of: $0.sensor.id, as: .live, caller: $1) }),
        ("status page", readers, { _ = try $0.services.status.sensors(ofStatusOf: $0.asset.id, caller: $1) }),
        ("figures", readers, { _ = try $0.services.kpis.kpis(of: $0.asset.id, Things.period, as: .live, caller: $1) }),
        (
            "data of asset chart", readers,
            { _ = try $0.services.charts.data(ofAsset: $0.asset.id, ChartQuery(), as: .live, caller: $1) }
        ),
        (
            "asset chart", readers,
            { _ = try $0.services.charts.spec(ofAsset: $0.asset.id, ChartSpecQuery(), as: .live, caller: $1) }
        ),
        (
            "sensor chart", readers,
            { _ = try $0.services.charts.spec(ofSensor: $0.sensor.id, ChartSpecQuery(), caller: $1) }
        ),
        (
            "arrival delays", readers,
            {
                _ = try SeriesService(context: $0.services.context).arrivalDelays(
                    of: $0.sensor.id, from: Instant(seconds: 0), to: Instant(seconds: 900), as: .live, caller: $1)
            }
        ),
        (
            "series", readers,
            {
                _ = try SeriesService(context: $0.services.context).series(
                    [Things.query($0.sensor)], as: .live, caller: $1)
            }
        ),
        (
            "latest", readers,
            {
                _ = try SeriesService(context: $0.services.context)
                    .latest(of: [$0.sensor.id], at: Things.start, reach: .hours(1), as: .live, caller: $1)
            }
        ),
        ("details", readers, { _ = try $0.services.assets.details($0.asset.id, as: $1) }),
        ("context", readers, { _ = try $0.services.assets.inheritedFlexContext(of: $0.asset.id, as: $1) }),
        ("log", readers, { try $0.services.audit.requireRead(.asset($0.asset.id), as: $1) }),
        (
            "try a plan", readers,
            { _ = try $0.services.schedules.preview(Things.message, for: .sensor($0.sensor.id), as: $1) }
        ),
        (
            "check a plan", readers,
            { _ = try $0.services.schedules.request(Things.message, for: .sensor($0.sensor.id), as: $1) }
        ),
        (
            "explain a conflict", readers,
            { _ = try $0.services.schedules.conflict(in: Things.message, for: .sensor($0.sensor.id), as: $1) }
        ),
        (
            "measure costs", readers,
            { _ = try $0.services.schedules.measuredCosts(Things.message, for: .sensor($0.sensor.id), as: $1) }
        ),
        (
            "result of a plan", readers,
            { _ = try $0.services.schedules.answer(for: $0.plan(), sensor: $0.sensor.id, duration: .hours(1), as: $1) }
        ),
        ("state of a plan", readers, { _ = try $0.services.schedules.info($0.plan(), as: $1) }),
        ("conflict of a job", readers, { _ = try $0.services.schedules.conflict(ofJob: $0.plan(), as: $1) }),
        ("job", readers, { _ = try $0.services.jobs.job($0.plan(), as: $1) }),
        (
            "result of a forecast", readers,
            { _ = try $0.services.forecasts.answer(for: "none", sensor: $0.sensor.id, as: $1) }
        ),
        (
            "errors of forecasts", readers,
            {
                _ = try $0.services.forecasts.errors(
                    of: $0.sensor.id, before: Things.start, days: 1, as: .live, caller: $1)
            }
        ),
        (
            "test forecasts", readers,
            {
                let things = $0
                let caller = $1
                // There is too little to test on, which is found out after the right.
                do {
                    _ = try things.services.forecasts.backtest(of: things.sensor.id, asOf: .live, as: caller)
                } catch is FieldErrors {
                } catch is JobFailure {}
            }
        ),
        ("own preferences", everyone, { _ = try $0.services.users.preferences(of: $1) }),
        (
            "export the world", overseers,
            { try $0.services.world.exportWorld(as: $1, includingData: false, to: { _ in }) }
        ),
    ]

    static let writing: [(String, [String], Call)] = [
        ("post data", members, { try $0.services.data.post(Things.post, to: $0.sensor.id, as: $1) }),
        ("check a post", members, { _ = try $0.services.data.check(Things.post, to: $0.sensor.id, as: $1) }),
        ("post public data", admins, { try $0.services.data.post(Things.publicPost, to: $0.openSensor.id, as: $1) }),
        (
            "post rows of a file", members,
            {
                try $0.services.data.post(
                    [Things.post], from: "a.csv", to: $0.sensor.id, as: $1, progress: { _ in })
            }
        ),
        ("upload", members, { try $0.services.data.upload(Things.upload, to: $0.sensor.id, as: $1) }),
        (
            "upload as another source", ["host"],
            { try $0.services.data.upload(Things.foreignUpload, to: $0.sensor.id, as: $1) }
        ),
        ("delete data", managers, { try $0.services.data.delete(DeletionQuery(), of: $0.sensor.id, as: $1) }),
        (
            "plan", members,
            { _ = try $0.services.schedules.trigger(Things.message, for: .sensor($0.sensor.id), as: $1) }
        ),
        (
            "plan an asset", members,
            { _ = try $0.services.schedules.trigger(Things.assetMessage($0), for: .asset($0.asset.id), as: $1) }
        ),
        ("plan with a foreign sensor", admins + ["stranger"], { _ = try $0.foreignPlan(as: $1) }),
        (
            "forecast", members,
            { _ = try $0.services.forecasts.trigger(["duration": "P1D"], for: $0.sensor.id, as: $1) }
        ),
        ("forecast at once", members, { try $0.forecastNow(as: $1) }),
        ("own preference", everyone, { try $0.services.users.setPreference("a", to: 1, as: $1) }),
        ("report", members, { _ = try $0.services.reports.trigger(Things.report($0), for: $0.asset.id, as: $1) }),
        ("stop a job", members, { try $0.services.jobs.cancel($0.plan(), as: $1) }),
        ("run a job again", members, { try $0.services.jobs.retry($0.plan(), as: $1) }),
        ("see an alarm", members, { try $0.services.alarms.acknowledge(["stale:\($0.sensor.id):user"], as: $1) }),
        (
            "hide an alarm", members,
            { try $0.services.alarms.shelve(["stale:\($0.sensor.id):user"], until: Things.start, as: $1) }
        ),
        (
            "show an alarm", members,
            { things, caller in
                let alarms = things.services.alarms
                try alarms.takeBack(alarms.acknowledge(["breach:\(things.asset.id):x"], as: .host), as: caller)
            }
        ),
        ("remove a remark", members, { try $0.removeRemark(as: $1) }),
        (
            "set attribute of asset", members,
            { try $0.services.assets.setAttribute("a", of: $0.asset.id, to: 1, as: $1) }
        ),
        (
            "set attribute of sensor", managers,
            { try $0.services.sensors.setAttribute("a", of: $0.sensor.id, to: 1, as: $1) }
        ),
        (
            "set roles of account", admins,
            { _ = try $0.services.accounts.setRoles(["Prosumer"], of: $0.house.client.id, as: $1) }
        ),
        ("make account role", admins, { _ = try $0.services.accounts.createRole("New", description: "", as: $1) }),
        ("delete account role", admins, { try $0.deleteRole(as: $1) }),
        ("revoke a token", members, { try $0.revoke(as: $1) }),
        ("make user with password", ["host"], { try $0.makeUser(as: $1) }),
        ("import a world", admins, { _ = try $0.services.world.importWorld(Things.world, as: $1) }),
        ("make the first site", admins, { _ = try $0.services.firstRun.build(Things.site("First"), as: $1) }),
        ("make a site of a known name", admins, { try $0.knownSite(as: $1) }),
        ("take over a server", admins, { try $0.takeOver(as: $1) }),
        ("note how far a server is taken over", admins, { try $0.noteTakeOver(as: $1) }),
    ]

    @Test("readers get what the table says", arguments: reading.indices)
    func read(row: Int) throws {
        let things = try Things()
        try ServicePermissionTests.check(Self.reading[row]) { _ in things }
    }

    @Test("writers may do what the table says", arguments: writing.indices)
    func write(row: Int) throws {
        try ServicePermissionTests.check(Self.writing[row]) { _ in try Things() }
    }

    @Test("lists hold what a caller may read, and nothing else", arguments: everyone)
    func lists(name: String) throws {
        let things = try Things()
        let (services, caller) = (things.services, things.house.caller(name))
        let isReader = Self.readers.contains(name)
        let job = try things.plan()
        var query = AssetQuery()
        query.allAccessible = true
        #expect(try services.assets.assets(query, as: caller).items.contains { $0.id == things.asset.id } == isReader)
        #expect(try services.status.statuses(of: [things.sensor.id], as: .live, caller: caller).isEmpty != isReader)
        #expect(try services.jobs.jobs(limit: 10, as: caller).contains { $0.id == job } == isReader)
        #expect(try services.alarms.alarms(as: caller).allSatisfy { $0.sensorID != things.sensor.id } || isReader)
        let ofSensor = try services.alarms.alarms(
            onDataOf: [things.sensor.id], at: .live, as: caller, includingShelved: true)
        #expect(ofSensor.isEmpty || isReader)
        #expect(try services.jobs.failures(since: Things.start, as: caller).isEmpty)
        let accounts = try services.accounts.accounts(filter: .none, order: nil, as: caller)
        #expect(accounts.items.contains { $0.account.id == things.house.client.id } == isReader)
        #expect(try services.users.users(UserQuery(), as: caller).items.contains { $0.id == things.member } == isReader)
        let forecastable = try services.forecasts.forecastableSensors(as: caller).contains { $0.id == things.sensor.id }
        #expect(forecastable == Self.members.contains(name))
        _ = try services.access.signIn(email: "member@example.com", password: "password of member")
        #expect(try services.access.tokens(as: caller).contains { $0.user.id == things.member } == isReader)
        let source = try services.sources.source(of: things.house.caller("member"))
        #expect(try services.sources.sources(onlyLatest: false, as: caller).contains { $0.id == source.id } == isReader)
        _ = try services.annotations.create(
            ["content": "x", "start": "2026-01-01T00:00Z", "end": "2026-01-02T00:00Z"], on: .asset(things.asset.id),
            as: .host)
        let (newYear, later) = (Instant(seconds: 1_767_225_600), Instant(seconds: 1_900_000_000))
        let remarks = try services.annotations.remarks(
            about: things.asset, sensors: [], from: newYear, to: newYear + .days(1), knownAt: later, as: caller)
        #expect(remarks.map(\.text) == (isReader ? ["x"] : []))
        try services.sensors.delete(things.sensor.id, as: things.house.caller("owner"))
        #expect(try services.undo.recent(as: caller).isEmpty == !["host", "admin", "owner"].contains(name))
    }

    @Test("when alarms came and went is told to those who may read them, and no others end them", arguments: everyone)
    func alarmHistory(name: String) throws {
        let things = try Things()
        let (history, caller) = (things.services.alarmHistory, things.house.caller(name))
        let now = things.house.clock.now
        let alarm = AlarmRecord(
            alarm: "stale:1:user", subject: "stale:1:user", assetID: things.asset.id, place: "", title: "",
            raisedAt: now)
        history.note([alarm], in: nil, as: .host, at: now)
        let isReader = Self.readers.contains(name)
        #expect(try history.records(since: now - .days(1), in: nil, as: caller).isEmpty != isReader)
        history.note([], in: nil, as: caller, at: now)
        let ends = try history.records(since: now - .days(1), in: nil, as: .host).map(\.clearedAt)
        #expect(ends == [isReader ? now : nil])
    }

    @Test("devices without a plan and failed jobs are told to those who may read them", arguments: everyone)
    func watch(name: String) throws {
        let things = try Things()
        let (services, caller) = (things.services, things.house.caller(name))
        _ = try services.assets.update(things.asset.id, ["flex_model": ["soc-max": "10 kWh"]], as: .host)
        _ = try things.plan()
        try services.jobs.runner.runQueuedJobs()
        let job = try things.failedJob()
        things.house.clock.advance(.days(1))
        let now = things.house.clock.now
        let asset = try services.assets.asset(things.asset.id, as: .host)
        let unplanned = try PlanWatch(context: services.context).unplanned([asset], at: now, as: .live, caller: caller)
        #expect(unplanned.isEmpty != Self.readers.contains(name))
        let failures = try services.jobs.failures(since: now - .days(2), as: caller)
        #expect(failures.contains { $0.id == job } == Self.readers.contains(name))
    }

    @Test("a deed is taken back by who did it or an admin", arguments: everyone)
    func undo(name: String) throws {
        let things = try Things()
        try things.services.sensors.delete(things.sensor.id, as: things.house.caller("owner"))
        let record = try #require(try things.services.undo.recent(as: .host).first)
        let isAllowed = ["host", "admin", "owner"].contains(name)
        do {
            try things.services.undo.undo(record.id, as: things.house.caller(name))
            #expect(isAllowed)
        } catch UndoError.gone {
            #expect(!isAllowed)
        }
    }
}
