import EnergyCore
import TerminalKit
import TestSupport
import Testing

@testable import Console

/// What a setting is good for.
@MainActor
@Suite("Settings have their effect")
struct SettingsEffectTests {
    @Test("readings take the decimals that the user has set")
    func decimals() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(":set decimals 3<Enter>")
        let pattern = /\d\.\d{3}\b/
        #expect(robot.text.contains(pattern))
        try await robot.press(":graphs Harbour Depot<Enter>c<Left>")
        #expect(robot.message.contains(pattern), "\(robot.message)")
        try await robot.press(":set decimals 0<Enter>")
        #expect(!robot.message.contains(/\d\.\d/), "\(robot.message)")
    }

    @Test("errors of forecasts and figures of variants take them, too; money keeps its two")
    func decimalsElsewhere() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(":set decimals 3<Enter>7")
        #expect(robot.lines.contains { $0.contains("Warehouse") && $0.contains(/\d+\.\d{3} kW\b/) }, "\(robot.text)")
        try await robot.press(":schedule Warehouse battery<Enter><F7>")
        #expect(robot.lines.contains { $0.contains(/peak import kW +.*\d\.\d{3}/) }, "\(robot.text)")
        #expect(robot.lines.contains { $0.contains(/total +.*\d\.\d{2}$/) }, "\(robot.text)")
    }

    @Test("times are those of the site, of the machine, or UTC")
    func zones() async throws {
        var options = ConsoleOptions()
        options.localZone = "Asia/Tokyo"
        let robot = await Robot(try TestWorld(), options: options)
        let zones = [("local", "Asia/Tokyo"), ("UTC", "UTC"), ("site", "Europe/Amsterdam")]
        for (choice, name) in zones {
            try await robot.press(":set time \(choice)<Enter>")
            #expect(robot.shell.zone.name == name)
            let format = TimeFormat(zone: robot.shell.zone, now: robot.world.clock.now)
            robot.see("\(format.second(robot.world.clock.now)) \(format.offset(robot.world.clock.now))")
        }
    }

    @Test("a name is typed before something is deleted, or only the button is chosen")
    func deleting() async throws {
        let world = try TestWorld()
        let robot = await Robot(world)
        try await robot.press(":asset North Quay<Enter>d")
        robot.see("Type the name")
        try await robot.press("<Esc>:set confirm-delete choose the button<Enter>d")
        robot.doNotSee("Type the name")
        world.clock.advance(.seconds(1))
        try await robot.press("<Enter>")
        robot.see("North Quay")
    }

    @Test("quitting is asked about when the user wants it")
    func quitting() async throws {
        let world = try TestWorld()
        let robot = await Robot(world)
        try await robot.press(":set confirm-quit always<Enter>q")
        robot.see("QUIT")
        #expect(!robot.shell.isOver)
        try await robot.press("<Esc>:set confirm-quit never<Enter>q")
        #expect(robot.shell.isOver)
    }
}
