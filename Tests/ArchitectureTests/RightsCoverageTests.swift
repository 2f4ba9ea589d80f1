import Foundation
import Testing

@Suite("Promises about security are tested")
struct RightsCoverageTests {
    private static let root = ImportTableTests.sources.deletingLastPathComponent()

    /// Why a function is not in the tables: what calls it has asked for the right.
    private static let exempt: [String: String] = [
        "enqueue": "called by services that have checked what the caller may do",
        "source": "the caller's own source, made for what it was allowed to record; or that of an import",
        "canRead": "the policy itself", "readableAccounts": "the policy itself",
    ]

    private static func texts(under folder: String) throws -> [String] {
        let files = FileManager.default.enumerator(
            at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        return try (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }
    }

    @Test("every function of a service that takes a caller is called as every kind of caller")
    func coverage() throws {
        let tests = try Self.texts(under: "Tests/ServicesTests/Access").joined()
        var count = 0
        for text in try Self.texts(under: "Sources/Services") {
            for match in text.matches(of: /package func (\w+)[^{]*?\bcaller: Caller/) {
                let name = String(match.1)
                count += 1
                guard Self.exempt[name] == nil else { continue }
                #expect(tests.contains(".\(name)("), "no test calls \(name) as every kind of caller")
            }
        }
        #expect(count > 90)
    }

    @Test("what the manual names as the place of a test exists")
    func manual() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("manual/security.md"), encoding: .utf8)
        let suites = try Self.texts(under: "Tests").joined()
        let section = try #require(text.components(separatedBy: "## How it is tested").last)
        var count = 0
        for match in section.matches(of: /`([^`]+)`/) {
            let name = String(match.1)
            count += 1
            if name.contains("/") {
                let path = String(name.prefix { $0 != " " })
                #expect(FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(path).path), "\(path)")
            } else if name.hasSuffix("Tests") {
                #expect(suites.contains("struct \(name) "), "\(name)")
            }
        }
        #expect(count > 20)
    }
}
