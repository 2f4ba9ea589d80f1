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

    /// Functions of services that take no caller, and why none is needed.
    private static let open: [String: String] = [
        "signIn": "makes a caller of a password", "revoke": "whoever has the token",
        "userOfResetLink": "whoever has the link",
        "setPassword": "whoever has the link", "roles": "for every user", "types": "for every user",
        "publicAssets": "for every user", "details": "of assets that the service has handed out",
        "store": "of posts that `check` has let through", "storeUnlessBusy": "of posts that `check` has let through",
        "json": "pure", "explanations": "pure", "close": "the program itself", "apply": "the program itself",
        "register": "the program itself", "deliverSoon": "the program itself",
        "find": "for the host, and for services that check",
        "needs": "of jobs that were checked", "counts": "for the host", "sensors": "pure",
        "mark": "for an import by the host", "progress": "for an import by the host",
        "changeMark": "a position, without any record", "sensorsWithNews": "ids, without any record",
        "records": "for services", "write": "for services", "writeIfFree": "for services",
        "source": "sources come with the data", "ensure": "for services, and the host",
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

    @Test("functions of services without a caller are few, and known")
    func open() throws {
        let folder = Self.root.appendingPathComponent("Sources/Services")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        for case let file as URL in files ?? .init() where file.lastPathComponent.contains("Service") {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /package (?:static )?func (\w+)([^{]*)/) where !match.2.contains("Caller") {
                #expect(Self.open[String(match.1)] != nil, "\(file.lastPathComponent): who may call \(match.1)?")
            }
        }
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
