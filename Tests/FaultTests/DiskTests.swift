import EnergyCore
import Foundation
import TestSupport
import Testing

/// Runs commands where a folder is a file system of its own. Needs the right to mount, which not every machine gives.
enum SmallDisk {
    static let isPossible = (try? run("true", options: "size=1m", in: NSTemporaryDirectory())).map { $0 == 0 } ?? false

    private static func run(_ command: String, options: String, in folder: String) throws -> Int32 {
        try start(command, options: options, on: folder).wait()
    }

    /// Starts a shell command once an empty file system is mounted on the folder, for that command alone.
    static func start(_ command: String, options: String, on folder: String, errors: String = "/dev/null") throws
        -> ChildProcess
    {
        try ChildProcess(
            ["unshare", "-m", "sh", "-c", "mount -t tmpfs -o \(options) tmpfs '\(folder)' && \(command)"],
            environment: BuiltProgram.environment(), errors: errors)
    }
}

@Suite("Full and read-only disks", .enabled(if: SmallDisk.isPossible, "needs the right to mount"), .serialized)
struct DiskTests {
    /// The program on a copy of the world's store that lies on a disk of its own.
    private func serve(_ world: FaultWorld, size: String) throws -> (server: ServingProgram, disk: String) {
        let disk = world.folder.path + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let program = "'\(BuiltProgram.path)' --serve --db '\(disk)/store.db' --port 0"
        let command =
            "cp '\(world.database)' '\(disk)/store.db' && head -c 2000000 /dev/zero > '\(disk)/ballast' && exec \(program)"
        let log = world.folder.path + "/disk.log"
        let process = try SmallDisk.start(command, options: "size=\(size)", on: disk, errors: log)
        // The disk is seen through the process that has it.
        return (try ServingProgram(process, log: log), "/proc/\(process.pid)/root\(disk)")
    }

    @Test("a full disk refuses writes in words and keeps what it has; once there is room it goes on by itself")
    func full() throws {
        let world = try FaultWorld()
        let ledger = Ledger()
        let (server, disk) = try serve(world, size: "6m")
        var refused = 0
        for _ in 0..<400 where refused < 5 {
            let known = ledger.count
            try world.post(ledger.newWrite(to: "m0", count: 900), to: server, ledger)
            refused += ledger.count == known ? 1 : 0
        }
        #expect(refused == 5)
        #expect(ledger.refusals.allSatisfy { $0.contains("503") && $0.contains("disk is full") }, "\(ledger.refusals)")
        let path = "/api/v3_0/sensors/\(try world.sensor("m0").id)"
        #expect(try server.request("GET", path, headers: ["Authorization": world.token]).status == 200)
        try FileManager.default.removeItem(atPath: disk + "/ballast")
        let before = ledger.count
        try world.post(ledger.newWrite(to: "m0", count: 96), to: server, ledger)
        #expect(ledger.count == before + 1, "\(ledger.refusals.last ?? "")")
        try FileManager.default.copyItem(atPath: disk + "/store.db", toPath: world.folder.path + "/left.db")
        #expect(server.end(with: SIGTERM) == 0)
    }

    @Test("a store on a read-only disk is served for reading, or refused in words")
    func readOnly() throws {
        let world = try FaultWorld()
        let disk = world.folder.path + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let log = world.folder.path + "/disk.log"
        let command = """
            cp '\(world.database)' '\(disk)/store.db' && mount -o remount,ro '\(disk)' && \
            exec '\(BuiltProgram.path)' check --db '\(disk)/store.db'
            """
        let status = try SmallDisk.start(command, options: "size=6m", on: disk, errors: log).wait()
        let text = try String(contentsOfFile: log, encoding: .utf8)
        #expect(status == 1 && text.contains("permissions") || status == 0, "\(status) \(text)")
        #expect(!text.contains("Fatal"))
    }
}
