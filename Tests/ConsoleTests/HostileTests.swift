import EnergyCore
import Foundation
import Services
import Store
import TerminalKit
import Testing

@testable import Console

/// Every screen on data, rights and stores as bad as they come.
@MainActor
@Suite("Hostile data")
struct HostileTests {
    /// Whatever is shown, a picture stays a picture.
    private func check(_ robot: Robot, _ name: String) {
        let size = robot.backend.size
        #expect(robot.lines.count == size.rows, "\(name)")
        for y in 0..<size.rows {
            for cell in robot.backend.grid.row(y) {
                for value in [cell.scalar, cell.mark1, cell.mark2] where value != 0 {
                    let isControl = value < 32 || (127..<160).contains(value)
                    let isInvisible =
                        (0x200B...0x200F).contains(value) || (0x202A...0x202E).contains(value)
                        || (0x2060...0x206F).contains(value)
                    if isControl || isInvisible {
                        Issue.record("\(name), row \(y): U+\(String(value, radix: 16)) on the screen")
                    }
                }
            }
        }
    }

    /// Opens every picture's place and walks about in it.
    private func walk(_ world: TestWorld, options: ConsoleOptions = ConsoleOptions()) async throws {
        for picture in Picture.all {
            let robot = await Robot(world, size: GridSize(columns: 100, rows: 30), options: options)
            try await robot.press(picture.keys)
            check(robot, picture.name)
            // Enter would write a file into the folder that the tests run in.
            if robot.places.contains(where: { $0.contains("Prompt") }) { continue }
            try await robot.press("jjGk<Tab>j<Enter>")
            check(robot, "\(picture.name), moved")
            await robot.resize(200, 60)
            check(robot, "\(picture.name), wide")
        }
    }

    @Test("names of every script, joined, invisible, commanding or endless")
    func names() async throws {
        let world = try TestWorld()
        try HostileWorlds.names(in: world)
        try await walk(world)
        let only = try TestWorld(isEmpty: true)
        try HostileWorlds.names(in: only)
        try await walk(only)
        for name in ConsoleProgram.screenNames {
            let page = await ConsoleProgram.plain(
                services: only.services, options: ConsoleOptions(), screen: ScreenID(rawValue: name))
            let steering = page?.lines.joined().unicodeScalars.first {
                [.control, .format].contains($0.properties.generalCategory)
            }
            #expect(steering == nil, "\(name)")
        }
    }

    @Test("numbers beyond any meter")
    func numbers() async throws {
        let world = try TestWorld()
        try HostileWorlds.numbers(in: world)
        try await walk(world)
        for name in ConsoleProgram.screenNames {
            let page = await ConsoleProgram.plain(
                services: world.services, options: ConsoleOptions(), screen: ScreenID(rawValue: name))
            #expect(page?.lines.isEmpty == false, "\(name)")
        }
    }

    @Test("ten thousand rows in every list: to move about goes through none of the rows that are not on the screen")
    func many() async throws {
        let world = try TestWorld()
        try HostileWorlds.many(in: world)
        let robot = await Robot(world)
        for screen in ["1", "2", "4", "6", "7", "8", "9", "0", "0]", "A"] {
            try await robot.press(screen)
            check(robot, screen)
            if screen == "2" { try await unfoldAll(robot) }
            // The first movement may come after news, which rightly go through all rows.
            try await robot.press("jk")
            let before = robot.shell.screen.derivations
            try await robot.press("jjjjj<PgDn><PgDn>Gkkkg")
            #expect(robot.shell.screen.derivations == before, "screen \(screen)")
            if !screen.hasPrefix("1"), !screen.hasPrefix("2") {
                try await robot.press("/999<Enter>")
                robot.see("999")
                try await robot.press("sS<Esc>")
            }
            check(robot, "\(screen), moved")
        }
    }

    /// Opens the site with ten thousand devices in the tree.
    private func unfoldAll(_ robot: Robot) async throws {
        try await robot.press("/Device 9999<Enter>")
        robot.see("Device 9999")
        try await robot.press(":asset Device 9998<Enter>")
        robot.see("Device 9998")
        robot.see("Device 9997")
    }

    @Test("a user without rights sees screens that say so", arguments: [nil, "account-admin"] as [String?])
    func rights(role: String?) async throws {
        let world = try TestWorld()
        let user = try world.services.context.store.write { transaction in
            let account = try transaction.insert(Account(id: 0, name: "Strangers"))
            var user = User(id: 0, username: "sam", email: "sam@example.com", accountID: account)
            if role != nil { user.roles = [.accountAdmin] }
            user.id = try transaction.insert(user, passwordHash: nil)
            return user
        }
        var options = ConsoleOptions()
        options.caller = Caller(user: user, origin: .console)
        try await walk(world, options: options)
        let robot = await Robot(world, options: options)
        for key in ["1", "2", "4", "8", "9", "0", "A"] {
            try await robot.press(key)
            robot.doNotSee("loading")
            robot.doNotSee("Harbour Depot")
        }
        for keys in ["2a", "0a", "8R", "Aa"] { try await robot.press("\(keys)<Esc><Esc>") }
    }

    @Test("while another process keeps the store locked, keys are answered and what waits is said")
    func locked() async throws {
        let world = try TestWorld()
        let robot = await Robot(world)
        try await robot.press("A")
        let lock = try await StoreLock(world.services.context.store.path)
        robot.shell.handle(.character("a"))
        robot.shell.handle(.enter)
        robot.shell.draw()
        #expect(robot.message.contains("..."), "\(robot.message)")
        for key in ["j", "k", "2", "4", "A"] {
            robot.shell.handle(.character(Character(key)))
            robot.shell.draw()
        }
        robot.see("[")
        robot.doNotSee("acked")
        lock.end()
        await robot.settle()
        robot.see("acked")
    }

    @Test("a store that fails is named in the header, and every screen still opens")
    func failing() async throws {
        let world = try TestWorld()
        let robot = await Robot(world)
        try world.services.context.store.close()
        robot.shell.handle(.storeChanged)
        await robot.settle()
        robot.see("store unreadable")
        for picture in Picture.all {
            try await robot.press("<Esc><Esc>\(picture.keys)")
            check(robot, picture.name)
        }
    }

    @Test("a store whose file is gone is named in the header")
    func gone() async throws {
        let world = try TestWorld()
        let robot = await Robot(world, size: GridSize(columns: 80, rows: 24))
        robot.doNotSee("store")
        let path = world.services.context.store.path
        try FileManager.default.moveItem(atPath: path, toPath: path + ".moved")
        robot.shell.handle(.storeChanged)
        await robot.settle()
        robot.see("store file gone")
        try FileManager.default.moveItem(atPath: path + ".moved", toPath: path)
        robot.shell.handle(.storeChanged)
        await robot.settle()
        robot.doNotSee("store file gone")
    }
}
