import EnergyCore
import Foundation
import Services
import Store
import TerminalKit
import TestSupport
import Testing

@testable import Console

/// A store that another process keeps locked: what is written has to wait, and after a while is refused.
@MainActor
@Suite("A locked store")
struct LockedStoreTests {
    /// Something that writes: where it is, what is typed to do it, and what of that has to be there still.
    private struct Deed {
        /// The action that it is the end of.
        var action: String
        var place: String
        var keys: String
        var kept = ""
    }

    private static let deeds = [
        Deed(action: "assets.add", place: ":asset North Quay<Enter>a", keys: "Test shed<Ctrl-S>", kept: "Test shed"),
        Deed(
            action: "assets.add-sensor", place: ":asset North Quay<Enter>N", keys: "<Ctrl-U>wattmeter<Ctrl-S>",
            kept: "wattmeter"),
        Deed(
            action: "assets.modify", place: ":asset North Quay<Enter>m", keys: "<Ctrl-U>Old Quay<Ctrl-S>",
            kept: "Old Quay"),
        Deed(
            action: "assets.delete", place: ":asset Charging plaza<Enter><Tab>d", keys: "Charging plaza<Tab><Enter>",
            kept: "Charging pl"),
        Deed(action: "assets.copy-tree", place: ":asset Berth<Enter>", keys: "C", kept: "Berth"),
        Deed(action: "assets.edit-json", place: ":asset North Quay<Enter>", keys: "E", kept: "North Quay"),
        Deed(action: "admin.add", place: "0a", keys: "Wind Coop<Ctrl-S>", kept: "Wind Coop"),
        Deed(action: "admin.modify", place: "0m", keys: "<Ctrl-U>Other Name<Ctrl-S>", kept: "Other Name"),
        Deed(
            action: "admin.add", place: "0]a",
            keys: "wendy<Tab>wendy@flexdeck.example<Tab><Ctrl-U>1<Tab>long-enough-word<Ctrl-S>",
            kept: "wendy@flexdeck.example"),
        Deed(
            action: "admin.delete", place: "0]/olga<Enter>d", keys: "olga<Tab><Enter>", kept: "olga@flexdeck.example"),
        Deed(action: "admin.password", place: "0]", keys: "P"),
        Deed(
            action: "admin.token", place: "0]T", keys: "olga@flexdeck.example<Tab>flexdeck-demo<Ctrl-S>",
            kept: "olga@flexdeck.example"),
        Deed(action: "alarms.acknowledge", place: "Aa", keys: "<Enter>", kept: "NEW"),
        Deed(action: "alarms.shelve", place: "AH", keys: "<Ctrl-U>+3h<Enter><Enter>", kept: "NEW"),
        Deed(
            action: "trigger.store", place: ":schedule Warehouse battery<Enter>", keys: "<Tab><Ctrl-U>7 h<F6>",
            kept: "[ 7 h"),
        Deed(
            action: "explain.store", place: ":schedule Warehouse battery<Enter><F5>", keys: "<F6>",
            kept: "WHY IT LOOKS LIKE THIS"),
        Deed(
            action: "compare.store",
            place: ":schedule Warehouse battery<Enter><F7>a<Tab>60 kW<Tab>my own<Ctrl-S><F6>", keys: "<Tab><Enter>",
            kept: "my own"),
        Deed(
            action: "forecast.trigger", place: "4/creamery<Enter>F", keys: "<Ctrl-U>36 h<Ctrl-S>", kept: "36 h"),
        Deed(action: "upload", place: "4/charger 1<Enter>U", keys: "FILE<Ctrl-S>", kept: "load.csv"),
        Deed(action: "jobs.cancel", place: "8/queued<Enter>", keys: "K", kept: "queued"),
        Deed(action: "jobs.retry", place: "8/canceled<Enter>", keys: "R", kept: "canceled"),
        Deed(action: "schedules.cancel", place: "6/queued<Enter>", keys: "K", kept: "queued"),
        Deed(action: "schedules.retry", place: "6/canceled<Enter>", keys: "R", kept: "canceled"),
        Deed(action: "undo", place: "2", keys: "u"),
        Deed(action: "", place: ":first-site<Enter>", keys: "My barn<Ctrl-S>", kept: "My barn"),
    ]

    private static let message = "The store is locked by another change; nothing was stored."

    /// One job that waits, one that was canceled, and a change that can be undone.
    private func prepare(_ world: TestWorld) async throws {
        let robot = await Robot(world)
        try await robot.press(":schedule Quay battery<Enter><F6>6K:schedule Quay battery<Enter><F6>")
        try await robot.press(":asset Office<Enter>m<Ctrl-U>Bureau<Ctrl-S>")
        robot.see("Bureau")
    }

    @Test("every screen opens and answers; what writes says why it cannot, and loses nothing that was typed")
    func writing() async throws {
        let world = try TestWorld(patience: 0.02)
        try await prepare(world)
        let file = world.newFilesFolder() + "/load.csv"
        try TextFile.write("time,value\n2026-04-20 10:00,1.5\n", to: file)
        let lock = try await StoreLock(world.services.context.store.path)
        for picture in Picture.all {
            let robot = await Robot(world, size: GridSize(columns: 100, rows: 30))
            try await robot.press(picture.keys + "jk")
            robot.doNotSee("loading ...")
        }
        var done: Set<String> = []
        for deed in Self.deeds {
            let robot = await Robot(world, size: GridSize(columns: 80, rows: 24), options: Self.options(world))
            robot.shell.whenActionRuns = { done.insert($0) }
            robot.backend.external = Self.edit
            try await robot.press(deed.place)
            world.clock.advance(.seconds(1))
            #expect(robot.shell.refusal == nil, "\(deed.place) wrote too early")
            try await robot.press(deed.keys.replacing("FILE", with: file))
            #expect(robot.shell.refusal == "store locked", "\(deed.place) \(deed.keys) did not write:\n\(robot.text)")
            let text = robot.lines.map(Self.inside).joined(separator: " ")
            #expect(text.contains(Self.message), "\(deed.place) \(deed.keys):\n\(robot.text)")
            #expect(robot.lines[0].contains("store locked"))
            robot.see(deed.kept)
            #expect(done.contains(deed.action) || deed.action.isEmpty, "\(deed.action)")
        }
        let writing = Set(ActionTable.all.filter(\.writes).map(\.id)).subtracting(["redo"])
        #expect(writing.subtracting(Self.deeds.map(\.action)).sorted() == [])
        lock.end()
        let robot = await Robot(world)
        try await robot.press("0aWind Coop<Ctrl-S>")
        robot.see("added account")
    }

    /// A line without what frames a box, so that wrapped text can be put together.
    private static func inside(_ line: String) -> String {
        let parts = line.split(separator: "│", omittingEmptySubsequences: false)
        let middle = parts.count >= 3 ? parts[parts.count / 2] : Substring(line)
        return String(middle).trimmed
    }

    private static func options(_ world: TestWorld) -> ConsoleOptions {
        var options = ConsoleOptions()
        options.editor = ["editor"]
        options.temporaryFolder = world.newFilesFolder()
        return options
    }

    /// An editor in which the latitude is changed.
    private static func edit(_ command: [String]) -> Int32 {
        let path = command.last ?? ""
        let text = (try? TextFile.read(path)) ?? nil
        try? TextFile.write((text ?? "").replacing("51.911", with: "51.5"), to: path)
        return 0
    }

    @Test("a store that lets itself no longer be written to is named, what to do is said, and the rest goes on")
    func readOnly() async throws {
        let robot = await Robot(try TestWorld(isReadOnly: true), size: GridSize(columns: 80, rows: 24))
        try await robot.press("Aa<Enter>")
        robot.see("The store cannot be written to; nothing was stored.  (L shows all)")
        #expect(robot.lines[0].contains("store read-only"))
        try await robot.press("L")
        robot.see("check the permissions of the file and its folder")
        try await robot.press("<Esc><Esc>0aWind Coop<Ctrl-S>")
        robot.see("Wind Coop")
        robot.see("check the permissions of the file and its folder")
        for picture in Picture.all {
            try await robot.press("<Esc><Esc><Esc>\(picture.keys)")
            robot.doNotSee("loading ...")
        }
    }

    @Test("a store that was opened for reading only is named, and actions say why they cannot be done")
    func openedForReading() async throws {
        var options = ConsoleOptions()
        options.isStoreReadOnly = true
        let world = try TestWorld(isReadOnly: true)
        let robot = await Robot(world, size: GridSize(columns: 80, rows: 24), options: options)
        #expect(robot.lines[0].contains("store read-only ro"))
        for keys in ["2a", "Aa", "0a", "u", ":first-site<Enter>"] {
            try await robot.press(keys)
            robot.see("check the permissions of its file and folder")
            try await robot.press("<Esc>")
        }
    }

    @Test("the message line ends with a sentence, and the log has all of it")
    func log() async throws {
        let world = try TestWorld(patience: 0.02)
        let lock = try await StoreLock(world.services.context.store.path)
        let robot = await Robot(world, size: GridSize(columns: 80, rows: 24))
        try await robot.press("Aa<Enter>")
        #expect(robot.message.trimmed == "\(Self.message)  (L shows all)")
        try await robot.press("L")
        robot.see("The store is locked by another change; nothing was stored. Try again")
        robot.see("         when it is done, or stop the process that makes it.")
        lock.end()
    }

    @Test("what was refused cannot be undone; what could not be undone or redone yet still can be later")
    func undo() async throws {
        let world = try TestWorld(patience: 0.02)
        let robot = await Robot(world)
        let path = world.services.context.store.path
        var lock = try await StoreLock(path)
        try await robot.press("Aa<Enter>u")
        robot.see("nothing to undo")
        lock.end()
        try await robot.press("a<Enter>")
        robot.see("acked")
        lock = try await StoreLock(path)
        try await robot.press("u")
        robot.see(Self.message)
        robot.see("acked")
        lock.end()
        try await robot.press("u")
        robot.doNotSee("acked")
        lock = try await StoreLock(path)
        try await robot.press("<Ctrl-R>")
        robot.see(Self.message)
        lock.end()
        try await robot.press("<Ctrl-R>")
        robot.see("acked")
        try await robot.press("u")
        robot.doNotSee("acked")
    }

    @Test("what was typed into the editor and could not be stored is there again, until it is given up")
    func editing() async throws {
        let world = try TestWorld(patience: 0.02)
        let robot = await Robot(world, options: Self.options(world))
        var opened: [String] = []
        func type(_ change: @escaping (String) -> String) {
            robot.backend.external = { command in
                let path = command.last ?? ""
                let text = ((try? TextFile.read(path)) ?? nil) ?? ""
                opened.append(text)
                try? TextFile.write(change(text), to: path)
                return 0
            }
        }
        type { $0.replacing("51.911", with: "51.5") + "," }
        try await robot.press(":asset North Quay<Enter>E")
        robot.see("not valid JSON")
        let lock = try await StoreLock(world.services.context.store.path)
        type { String($0.dropLast()) }
        try await robot.press("E")
        #expect(opened.last?.contains("51.5") == true)
        robot.see(Self.message)
        lock.end()
        type { $0 }
        try await robot.press("E")
        #expect(try world.asset("North Quay").latitude == 51.5)
        type { _ in "nonsense" }
        try await robot.press("E")
        #expect(opened.last?.contains("51.5") == true)
        type { _ in "" }
        try await robot.press("E")
        #expect(opened.last == "nonsense")
        robot.see("the text is gone")
    }

    @Test("a form that waits for the store is not submitted twice")
    func patience() async throws {
        let world = try TestWorld()
        let robot = await Robot(world)
        try await robot.press("0aWind Coop")
        let lock = try await StoreLock(world.services.context.store.path)
        for _ in 0..<3 { robot.shell.handle(.control("s")) }
        robot.shell.draw()
        robot.see("add account ...")
        robot.shell.handle(.escape)
        robot.shell.draw()
        robot.see("it goes on without the form")
        lock.end()
        await robot.settle()
        let accounts = try world.services.context.records().accounts.values
        #expect(accounts.filter { $0.name == "Wind Coop" }.count == 1)
        #expect(robot.shell.refusal == nil)
    }
}

/// Keeps a store locked, as another process would.
final class StoreLock: Sendable {
    private let store: Store
    private let mayEnd = DispatchSemaphore(value: 0)

    init(_ path: String) async throws {
        let store = try Store(path: path)
        self.store = store
        let (isHeld, mayEnd) = (DispatchSemaphore(value: 0), mayEnd)
        let holder = Thread {
            try? store.write { _ in
                isHeld.signal()
                mayEnd.wait()
            }
        }
        holder.start()
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                isHeld.wait()
                continuation.resume()
            }
        }
    }

    /// Lets the others write again.
    func end() {
        mayEnd.signal()
        try? store.close()
    }
}
