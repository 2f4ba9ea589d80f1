import EnergyCore
import Foundation
import Store
import TestSupport
import Testing

@Suite("Waiting for other writers")
struct WaitingTests {
    @Test("a writer gives up when another process is not done in time, and nothing is held against the next")
    func otherProcess() throws {
        let folder = try TemporaryFolder()
        var settings = StoreSettings()
        settings.patience = 0.05
        let store = try Store(path: folder.path + "/store.db", settings: settings)
        let other = try Store(path: folder.path + "/store.db")
        try other.write { _ in
            #expect(throws: StoreError.locked) { try store.write { _ in } }
            let result: Void? = try store.writeIfFree { _ in }
            #expect(result == nil)
        }
        try store.write { $0.note(.settings) }
        let isFree = try store.writeIfFree { _ in true }
        #expect(isFree == true)
        try store.close()
        try other.close()
    }

    @Test("a writer gives up when another thread is not done in time")
    func otherThread() throws {
        let folder = try TemporaryFolder()
        var settings = StoreSettings()
        settings.patience = 0.05
        let store = try Store(path: folder.path + "/store.db", settings: settings)
        let (started, isOver, ended) = (
            DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
        )
        Thread.detachNewThread {
            try? store.write { _ in
                started.signal()
                isOver.wait()
            }
            ended.signal()
        }
        started.wait()
        #expect(throws: StoreError.locked) { try store.write { _ in } }
        let result: Void? = try store.writeIfFree { _ in }
        #expect(result == nil)
        isOver.signal()
        ended.wait()
        try store.write { $0.note(.settings) }
        try store.close()
    }

    @Test("a store that was closed says so to writers and readers")
    func closed() throws {
        let folder = try TemporaryFolder()
        let store = try Store(path: folder.path + "/store.db")
        try store.write { $0.note(.settings) }
        try store.close()
        #expect(throws: StoreError.self) { try store.write { _ in } }
        #expect(throws: StoreError.self) { try store.writeIfFree { _ in } }
        #expect(throws: StoreError.self) { try store.read { _ in } }
    }

    @Test("the log is moved into the file while others write, and starts anew before it grows long")
    func checkpoints() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/store.db"
        let store = try Store(path: path)
        let log = path + "-wal"
        func size(_ file: String) -> Int {
            (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
        }
        let text = String(repeating: "x", count: 100_000)
        var largest = 0
        for number in 0..<1_500 {
            try store.write { try $0.setServerValue("v\(number % 50)", to: .string(text + "\(number)")) }
            largest = max(largest, size(log))
        }
        // 150 MB went through the log.
        #expect(largest < 100 << 20)
        try store.close()
        #expect(!FileManager.default.fileExists(atPath: log))
        let again = try Store(path: path)
        #expect(try again.read { try $0.serverValue("v49") }?.stringValue == text + "1499")
        try again.close()
    }
}
