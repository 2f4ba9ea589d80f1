import EnergyCore
import Services
import Store
import TerminalKit
import TestSupport
import Testing

@testable import Console

@MainActor
@Suite("Stories")
struct StoryTests {
    /// Everything in one test, so that what was done can be counted at its end.
    @Test("tell what operators do, and together do everything that can be done")
    func stories() async throws {
        var done: Set<String> = []
        var broken: [String] = []
        var seen: Set<String> = []
        for story in Story.all {
            let world = try TestWorld(workers: story.workers)
            var options = ConsoleOptions()
            options.editor = ["edit"]
            options.temporaryFolder = world.newFilesFolder()
            options.files.manualFolder = try world.newManual()
            let robot = await Robot(world, options: options)
            robot.shell.whenActionRuns = { done.insert($0) }
            do {
                try await story.tell(robot)
            } catch {
                broken.append("\(story.name): \(error)")
            }
            seen.formUnion(robot.seen)
        }
        #expect(broken == [])
        let missing = ActionTable.all.map(\.id).filter { !done.contains($0) }
        #expect(missing.isEmpty, "no story does \(missing.joined(separator: ", "))")
        var pictured: Set<String> = []
        for picture in Picture.all {
            let robot = try await picture.robot(TestWorld(), size: Picture.sizes[0])
            pictured.formUnion(robot.places)
        }
        #expect(
            seen.subtracting(pictured).sorted() == [],
            "operators come to these places, but no picture of them is compared")
    }

    @Test("a new operator finds why a site has no schedule, and makes one with the forecast, in twelve keys")
    func twelveKeys() async throws {
        let world = try TestWorld(workers: 2)
        // Four days on, the plans have run out and no price has come; the batteries still tell their charge.
        world.clock.advance(.days(4))
        try world.tellCharge()
        let robot = await Robot(world)
        var pressed = 0
        func press(_ keys: String) async throws {
            pressed += try Key.script(keys).count
            try await robot.press(keys)
            let jobs = world.services.jobs
            while try jobs.jobs(limit: 50, as: .host).contains(where: { $0.endedAt == nil }) { await Task.yield() }
            robot.shell.handle(.storeChanged)
            await robot.settle()
        }
        world.services.jobs.runner.start()
        robot.see("no schedule")
        // Why: no prices, and what to do about it.
        try await press("A")
        robot.see("day-ahead price silent")
        robot.see("F forecasts the sensor, then t schedules with the forecast")
        try await press("F")
        robot.see("of sensor 1 day-ahead price (Day-ahead market)")
        try await press("<Ctrl-S>")
        #expect(robot.message.contains("forecast of Day-ahead market day-ahead price: done"))
        // The site, worst first, with a preview that pays the expected prices.
        try await press("1t")
        robot.see("TRIGGER SCHEDULE  Harbour Depot")
        robot.see("PREVIEW   cost")
        robot.doNotSee("prices known until")
        try await press("<F6>")
        robot.see("in force")
        #expect(pressed <= 12)
    }

    @Test("Status draws how late the values of a sensor have come")
    func delays() async throws {
        let world = try TestWorld()
        let asset = try world.asset("Meadow Farm")
        let sensor = Sensor(
            id: 0, name: "late meter", assetID: asset.id, unit: "kW", resolution: .minutes(15),
            timezone: "Europe/Amsterdam")
        try world.services.context.store.write { transaction in
            var sensor = sensor
            sensor.id = try transaction.insert(sensor)
            let source = try transaction.insert(DataSource(id: 0, name: "slow gateway", type: "gateway"))
            var batch = BeliefBatch(sensor: sensor, source: source)
            for index in 1...8 {
                let start = TestWorld.moment.seconds / 900 * 900 - Int64(index) * 900
                batch.append(start: start, horizon: .minutes(-20), value: 5)
                // A correction is no arrival.
                batch.append(start: start, horizon: .minutes(-70), value: 6)
            }
            _ = try transaction.save(batch)
        }
        let robot = await Robot(world)
        try await robot.press("4/late meter<Enter><Tab>")
        robot.see("ARRIVAL DELAY min")
        try await robot.press("c<Left><Left><Left>")
        #expect(robot.message.contains("arrival delay") && robot.message.contains("20 min"))
        try await robot.press("<Esc><Esc>/creamery<Enter>")
        robot.doNotSee("ARRIVAL DELAY")
    }

    @Test("charts take the unit and the direction that the user has set")
    func unitsAndSigns() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(":graphs Harbour Depot<Enter>")
        robot.see("GRID POWER kW")
        try await robot.press(":set units MW<Enter>:set sign production<Enter>:set grid true<Enter>")
        robot.see("GRID POWER MW")
        robot.see("+ production")
        try await robot.press("c<Left>")
        #expect(robot.message.contains("MW"))
    }

    @Test("a read-only console changes nothing and says so")
    func readOnly() async throws {
        var options = ConsoleOptions()
        options.isReadOnly = true
        let robot = await Robot(try TestWorld(), options: options)
        robot.see("ro")
        for keys in ["2a", "Aa", "0a", "u"] {
            try await robot.press(keys)
            robot.see("the console is read-only")
            try await robot.press("<Esc>")
        }
    }

    @Test("screen, place and drafts come back after a restart")
    func restart() async throws {
        let world = try TestWorld()
        var options = ConsoleOptions()
        options.files = ConsoleFiles(folder: world.newFilesFolder())
        let first = await Robot(world, options: options)
        try await first.press(":asset Meadow Farm<Enter>4")
        first.shell.savePlace()
        let second = await Robot(world, options: options)
        second.see("[4 Status]")
        second.see("Meadow Farm")
    }

    @Test("another process's change shows without a key being pressed")
    func changes() async throws {
        let world = try TestWorld()
        let robot = await Robot(world)
        try await robot.press("2")
        _ = try world.services.assets.update(try world.asset("North Quay").id, ["name": "South Quay"], as: .host)
        robot.shell.handle(.storeChanged)
        await robot.settle()
        robot.see("South Quay")
    }

    @Test("equal values draw nothing new")
    func stillness() async throws {
        let robot = await Robot(try TestWorld())
        robot.shell.handle(.storeChanged)
        await robot.settle()
        #expect(robot.backend.lastChange == 0)
    }
}
