import EnergyCore
import Foundation
import TestSupport
import Testing

@Suite("The manual")
struct ManualTests {
    private static let folder =
        URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/manual"

    private func page(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Self.folder)/\(name).md", encoding: .utf8)
    }

    @Test(
        "has the references that the program makes",
        arguments: ["keys", "settings", "endpoints", "flex-model", "flex-context", "processes"])
    func references(topic: String) throws {
        let share = String(Self.folder.dropLast("/manual".count))
        let made = try BuiltProgram.run(["reference", topic], environment: ["FLEXDECK_SHARE": share])
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output == (try page(topic)), "flexdeck reference \(topic) prints another page than manual has")
    }

    @Test("has a table for every group of flex fields")
    func flexGroups() throws {
        let groups = [
            "flex-model": FlexModel.reference, "flex-context": FlexContext.reference,
            "processes": ProcessModel.reference,
        ]
        for (topic, groups) in groups {
            let text = try page(topic)
            for group in groups {
                #expect(text.contains(group.table.joined(separator: "\n")), "\(topic): \(group.title)")
            }
        }
    }
}
