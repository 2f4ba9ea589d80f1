import TerminalKit
import Testing

@testable import Console

@MainActor
@Suite("Pictures that are compared")
struct SnapshotTests {
    @Test(
        "another cell, a missing row or no stored picture is a failure that shows what differs",
        .enabled(if: !Snapshot.isRecording))
    func sensitivity() async throws {
        let robot = await Robot(try TestWorld(), size: GridSize(columns: 80, rows: 24), glyphs: .ascii)
        let name = "overview-80x24-ascii"
        #expect(Snapshot.problem(robot.text, named: name) == nil)
        let changed = robot.text.replacing("Harbour Depot", with: "Harbour Depoh", maxReplacements: 1)
        let problem = try #require(Snapshot.problem(changed, named: name))
        #expect(problem.contains("Harbour Depot") && problem.contains("Harbour Depoh") && problem.contains("row "))
        let shorter = robot.lines.dropLast().joined(separator: "\n")
        #expect(Snapshot.problem(shorter, named: name)?.contains("(no such row)") == true)
        #expect(Snapshot.problem(robot.text, named: "never-recorded")?.contains("FLEXDECK_RECORD") == true)
    }

    @Test("every stored picture is still compared with something", .enabled(if: !Snapshot.isRecording))
    func orphans() throws {
        let wanted = Set(Picture.all.flatMap(\.files))
        #expect(try Snapshot.stored.subtracting(wanted).sorted() == [])
        #expect(try wanted.subtracting(Snapshot.stored).sorted() == [])
    }
}

extension Robot {
    /// The screen and the overlay that are up: its type, with its title where one type serves many purposes.
    var places: [String] {
        let screen = String(describing: type(of: shell.screen))
        guard let overlay = shell.overlays.last else { return [screen] }
        let title = Mirror(reflecting: overlay).children.first { $0.label == "title" }.map { "\($0.value)" } ?? ""
        // A title may go on with the name of the thing; what stands in capitals says what it is for.
        let words = title.split(separator: " ").prefix {
            $0.allSatisfy { !$0.isLowercase } && $0.contains { $0.isLetter }
        }
        return [screen, "\(type(of: overlay)) \(words.joined(separator: " "))"]
    }
}
