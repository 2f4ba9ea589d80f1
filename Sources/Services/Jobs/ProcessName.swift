import FoundationEssentials
import Glibc

/// Names a process so that another one on the same machine can tell whether it still lives: machine, boot, process
/// id, and a random part.
enum ProcessName {
    static func own() -> String {
        "\(machine):\(getpid()):\(UInt32.random(in: .min ... .max))"
    }

    /// True only if the process ran on this machine since its last start and is gone for sure.
    static func isDead(_ name: String) -> Bool {
        let parts = name.split(separator: ":")
        guard parts.count == 3, parts[0] == machine, let id = pid_t(parts[1]), id != getpid() else { return false }
        return kill(id, 0) == -1 && errno == ESRCH
    }

    /// The kernel's own random name for this start of the machine; containers with process tables of their own are
    /// told apart by their host names.
    private static let machine: String = {
        let boot = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id") ?? Data()
        let host = FileManager.default.contents(atPath: "/proc/sys/kernel/hostname") ?? Data()
        let text = String(decoding: boot + host, as: UTF8.self)
        return String(text.filter { $0.isLetter || $0.isNumber || $0 == "-" })
    }()
}
