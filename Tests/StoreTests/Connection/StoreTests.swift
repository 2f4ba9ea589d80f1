import FoundationEssentials
import Store
import Testing

@Suite struct StoreTests {
    struct Refusal: Error {}

    @Test("a change that throws leaves nothing behind")
    func rollback() throws {
        let store = try Store(path: ":memory:")
        let before = try store.read { try $0.changeMark() }
        #expect(throws: Refusal.self) {
            try store.write { transaction in
                transaction.note(.assets, 1)
                throw Refusal()
            }
        }
        #expect(try store.read { try $0.changeMark() } == before)
    }

    @Test("changes of another connection are seen, with their subjects")
    func changes() async throws {
        let folder = try TemporaryFolder()
        let mine = try Store(path: folder.file("a.db"))
        let theirs = try Store(path: folder.file("a.db"))
        let mark = try await mine.read { try $0.changeMark() }
        try theirs.write { $0.note(.sensors, 7) }
        try theirs.write { $0.note(.beliefs, 7) }
        let seen = try await mine.read { try $0.changes(since: mark) }
        #expect(seen == [Change(subject: .sensors, id: 7), Change(subject: .beliefs, id: 7)])
        #expect(try await mine.read { try $0.changeMark() } > mark)
    }

    @Test("a store opened for reading refuses changes and can be read")
    func readOnly() throws {
        let folder = try TemporaryFolder()
        let mark = try Store(path: folder.file("a.db")).write { transaction in
            transaction.note(.assets)
            return try transaction.changeMark()
        }
        var settings = StoreSettings()
        settings.isReadOnly = true
        let store = try Store(path: folder.file("a.db"), settings: settings)
        #expect(try store.read { try $0.changeMark() } > mark)
        #expect(throws: StoreError.readOnly) { try store.write { $0.note(.assets) } }
    }

    @Test("opening for reading does not make a file")
    func missing() throws {
        let folder = try TemporaryFolder()
        var settings = StoreSettings()
        settings.isReadOnly = true
        #expect(throws: StoreError.cannotOpen(path: folder.file("a.db"), detail: "no such file")) {
            try Store(path: folder.file("a.db"), settings: settings)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("a.db")))
    }

    @Test("a file that is no store is called damaged")
    func notAStore() throws {
        let folder = try TemporaryFolder()
        let text = Data(String(repeating: "This is no store. ", count: 100).utf8)
        try text.write(to: URL(filePath: folder.file("a.db")))
        #expect {
            try Store(path: folder.file("a.db"))
        } throws: { error in
            if case StoreError.corrupt = error { true } else { false }
        }
    }

    @Test("a writer that waits for another one gives up only after its patience")
    func locked() throws {
        let folder = try TemporaryFolder()
        let first = try Store(path: folder.file("a.db"))
        var settings = StoreSettings()
        settings.patience = 0.05
        let second = try Store(path: folder.file("a.db"), settings: settings)
        try first.write { _ -> Void in
            #expect(throws: StoreError.locked) { try second.write { $0.note(.assets) } }
        }
        try second.write { $0.note(.assets) }
    }

    @Test("many writers on several connections all get through")
    func contention() async throws {
        let folder = try TemporaryFolder()
        let stores = try (0..<4).map { _ in try Store(path: folder.file("a.db")) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, store) in stores.enumerated() {
                group.addTask {
                    for step in 0..<25 { try store.write { $0.note(.sensors, number * 25 + step) } }
                }
            }
            try await group.waitForAll()
        }
        let seen = try await stores[0].read { try $0.changes(since: ChangeMark.start) }
        #expect(seen.count == 100)
    }
}
