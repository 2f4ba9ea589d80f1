import FoundationEssentials
import GRDB
import Testing

@testable import Store

@Suite("Upgrading a store of an older version")
struct UpgradeTests {
    private static let lengths = Array(1..<Migrations.all.count)

    /// A store as a version wrote it that knew only the first steps of the schema.
    private func makeOld(_ path: String, steps: Int) throws {
        let queue = try DatabaseQueue(path: path)
        try Migrations.migrator.migrate(queue, upTo: Migrations.all[steps - 1].name)
        try queue.close()
    }

    private func steps(of path: String) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Migrations.migrator.appliedIdentifiers($0).count }
    }

    @Test("every older schema is upgraded, and a copy of the store as it was stays beside it", arguments: lengths)
    func upgrade(length: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let copy = path + ".before-\(Migrations.all.count)"
        try makeOld(path, steps: length)
        let store = try Store(path: path)
        #expect(try store.check().isSound)
        try store.close()
        #expect(try steps(of: path) == Migrations.all.count)
        #expect(try steps(of: copy) == length)
        #expect(!FileManager.default.fileExists(atPath: copy + ".partial"))
    }

    @Test("a new store, and one that is up to date, are not copied; once closed it is one file")
    func noCopy() throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 {
            let store = try Store(path: folder.file("a.db"))
            try store.write { $0.note(.assets) }
            _ = try store.read { try $0.changeMark() }
            try store.close()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.db"])
    }

    @Test("the copy of an upgrade that broke off is kept, not made anew")
    func keepsFirstCopy() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let copy = path + ".before-\(Migrations.all.count)"
        try makeOld(path, steps: 2)
        try makeOld(copy, steps: 1)
        try Store(path: path).close()
        #expect(try steps(of: copy) == 1)
    }

    @Test("several processes may upgrade a store at once")
    func together() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        try makeOld(path, steps: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try Store(path: path).close() } }
            try await group.waitForAll()
        }
        #expect(try steps(of: path) == Migrations.all.count)
        #expect(try steps(of: path + ".before-\(Migrations.all.count)") == 2)
    }
}
