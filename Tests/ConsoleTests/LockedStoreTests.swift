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
        var place: String
        var keys: String
        var kept = ""
    }

    private static let deeds = [
        Deed(place: ":asset North Quay<Enter>a", keys: "Test shed<Ctrl-S>", kept: "Test shed"),
        Deed(place: ":asset North Quay<Enter>N", keys: "<Ctrl-U>wattmeter<Ctrl-S>", kept: "wattmeter"),
        Deed(place: ":asset North Quay<Enter>m", keys: "<Ctrl-U>Old Quay<Ctrl-S>", kept: "Old Quay"),
        Deed(place: ":asset Berth<Enter>", keys: "C", kept: "Berth"),
        Deed(place: "0a", keys: "Wind Coop<Ctrl-S>", kept: "Wind Coop"),
        Deed(place: "0m", keys: "<Ctrl-U>Other Name<Ctrl-S>", kept: "Other Name"),
        Deed(
            place: "0]a", keys: "wendy<Tab>wendy@flexdeck.example<Tab><Tab>long-enough-word<Ctrl-S>",
            kept: "wendy@flexdeck.example"),
        Deed(place: "0]", keys: "P"),
        Deed(
            place: "0]T", keys: "olga@flexdeck.example<Tab>flexdeck-demo<Ctrl-S>", kept: "olga@flexdeck.example"),
        Deed(place: "A", keys: "a", kept: "NEW"), Deed(place: "A", keys: "H+3h<Enter>", kept: "NEW"),
        Deed(
            place: ":schedule Warehouse battery<Enter>", keys: "<Tab><Ctrl-U>7 h<F6>", kept: "[ 7 h"),
        Deed(place: ":schedule Warehouse battery<Enter><F5>", keys: "<F6>", kept: "WHY IT LOOKS LIKE THIS"),
        Deed(
            place: ":schedule Warehouse battery<Enter><F7>a<Tab>60 kW<Tab>my own<Ctrl-S>", keys: "<F6><Tab><Enter>",
            kept: "my own"),
        Deed(place: "4/creamery<Enter>F", keys: "<Ctrl-U>36 h<Ctrl-S>", kept: "36 h"),
    ]

    @Test("every screen opens and answers, and what writes loses nothing that was typed")
    func writing() async throws {
        let world = try TestWorld(patience: 0.02)
        let lock = try await StoreLock(world.services.context.store.path)
        for picture in Picture.all {
            let robot = await Robot(world, size: GridSize(columns: 100, rows: 30))
            try await robot.press(picture.keys + "jk")
            robot.doNotSee("loading ...")
        }
        for deed in Self.deeds {
            let robot = await Robot(world, size: GridSize(columns: 100, rows: 30))
            try await robot.press(deed.place)
            world.clock.advance(.seconds(1))
            try await robot.press(deed.keys)
            robot.see(deed.kept)
        }
        let robot = await Robot(world)
        try await robot.press(":asset Charging plaza<Enter><Tab>d")
        world.clock.advance(.seconds(1))
        try await robot.press("Charging plaza<Tab><Enter>")
        robot.see("Charging plaza")
        lock.end()
        try await robot.press("0aWind Coop<Ctrl-S>")
        robot.see("added account")
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
