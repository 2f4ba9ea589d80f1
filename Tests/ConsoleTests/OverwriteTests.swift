import EnergyCore
import TerminalKit
import TestSupport
import Testing

@testable import Console

@MainActor
@Suite("Files that are there")
struct OverwriteTests {
    @Test("are replaced only after a question, or with an exclamation mark", arguments: ["export", "print"])
    func overwriting(command: String) async throws {
        let (robot, path) = try await besideFile()
        try await robot.press(":\(command) \(path)<Enter>")
        robot.see("FILE EXISTS")
        robot.world.clock.advance(.seconds(1))
        try await robot.press("<Enter>")
        #expect(try TextFile.read(path) == "kept")
        try await robot.press(":\(command) \(path)<Enter>")
        robot.world.clock.advance(.seconds(1))
        try await robot.press("<Tab><Enter>")
        robot.see("wrote")
        #expect(try TextFile.read(path) != "kept")
        try TextFile.write("kept", to: path)
        try await robot.press(":\(command)! \(path)<Enter>")
        robot.doNotSee("FILE EXISTS")
        #expect(try TextFile.read(path) != "kept")
    }

    @Test("are asked for by the prompt of the export key, too")
    func prompt() async throws {
        let (robot, path) = try await besideFile()
        try await robot.press("e<Ctrl-U>\(path)<Enter>")
        robot.see("FILE EXISTS")
        try await robot.press("<Esc>")
        #expect(try TextFile.read(path) == "kept")
    }

    /// A console, and a file that holds `kept`.
    private func besideFile() async throws -> (Robot, path: String) {
        let world = try TestWorld()
        let path = world.newFilesFolder() + "/kept.csv"
        try TextFile.write("kept", to: path)
        return (await Robot(world), path)
    }
}
