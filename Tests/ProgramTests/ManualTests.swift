import EnergyCore
import Foundation
import Testing

@Suite("The manual")
struct ManualTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/manual"

    private func page(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Self.folder)/\(name).md", encoding: .utf8)
    }

    @Test("names every flex field that is read")
    func flexFields() throws {
        let (model, context) = (try page("flex-model"), try page("flex-context"))
        #expect(FlexModel.fields.filter { !model.contains("`\($0)`") } == [])
        #expect(FlexContext.fields.filter { !context.contains("`\($0)`") } == [])
    }
}
