import Foundation
import Testing

@Suite("Files stay short enough to hold in the head")
struct FileSizeTests {
    @Test("no Swift file is longer than 600 lines", arguments: ["Sources", "Tests"])
    func fileLength(folder: String) throws {
        let root = ImportTableTests.sources.deletingLastPathComponent().appendingPathComponent(folder)
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 600, "\(file.path) has \(lines.count) lines")
        }
    }

    @Test("every module has its page")
    func pages() {
        for module in allowedImports.keys where module != "flexdeck" {
            let page = ImportTableTests.sources.appendingPathComponent("\(module)/\(module).docc/\(module).md")
            #expect(FileManager.default.fileExists(atPath: page.path), "\(module) has no page")
        }
    }
}
