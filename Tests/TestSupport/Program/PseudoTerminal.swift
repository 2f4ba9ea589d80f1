import Foundation

/// A program on a terminal of its own, byte by byte: for what a terminal multiplexer would hide or take time for, such as
/// a line that goes dead, broken input, and how long an answer takes.
package final class PseudoTerminal {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// What arrived after something was sent.
    package struct Answer {
        package var bytes: [UInt8] = []
        /// Seconds from the question to the first and to the last byte.
        package var first = 0.0
        package var last = 0.0

        package var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    package let pid: pid_t
    private var master: Int32
    private var status: Int32?

    /// Starts a program as the leader of a session on a new terminal.
    package init(_ command: [String], columns: Int = 80, rows: Int = 24, environment: [String: String]) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (number, locked): (Int32, Int32) = (0, 0)
        guard master >= 0, ioctl(master, Self.lock, &locked) == 0, ioctl(master, Self.number, &number) == 0 else {
            throw Failure(description: "no pseudo terminal: \(String(cString: strerror(errno)))")
        }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        pid = try Self.start(command, on: "/dev/pts/\(number)", environment)
    }

    deinit {
        if status == nil {
            kill(pid, SIGKILL)
            var ignored: Int32 = 0
            waitpid(pid, &ignored, 0)
        }
        if master >= 0 { close(master) }
    }

    // Macros of the system's headers that do not come through to Swift: TIOCSPTLCK, TIOCGPTN, POSIX_SPAWN_SETSID.
    private static let lock: UInt = 0x4004_5431
    private static let number: UInt = 0x8004_5430
    private static let newSession: Int16 = 0x80

    private static func start(_ command: [String], on terminal: String, _ environment: [String: String]) throws -> pid_t
    {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, newSession)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that the leader of a session opens becomes its controlling one.
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        let arguments = command.map { strdup($0) } + [nil]
        // How a sanitizer reports must reach the program, whatever else it is to see.
        let kept = ProcessInfo.processInfo.environment.filter {
            ["ASAN_OPTIONS", "TSAN_OPTIONS", "LD_PRELOAD"].contains($0.key)
        }
        let variables = environment.merging(kept) { own, _ in own }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var pid: pid_t = 0
        let status = posix_spawnp(&pid, command[0], &actions, &attributes, arguments, variables)
        guard status == 0 else { throw Failure(description: "\(command[0]): \(String(cString: strerror(status)))") }
        return pid
    }

    /// Types bytes; gives up when the program does not read them for ten seconds.
    package func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        let deadline = Self.now + 10
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EAGAIN || Self.now > deadline {
                throw Failure(description: "\(rest.count) bytes are not read: \(String(cString: strerror(errno)))")
            } else {
                // What the program draws meanwhile has to be taken, or both sides wait for each other.
                _ = read(quiet: 0.01, limit: 0.01)
            }
        }
    }

    package func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Reads until nothing has come for `quiet` seconds, `text` has come, or the limit is reached.
    package func read(quiet: Double, limit: Double, until text: String? = nil) -> Answer {
        var answer = Answer()
        let start = Self.now
        let wanted = text.map { Array($0.utf8) } ?? []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let elapsed = Self.now - start
            let patience =
                answer.bytes.isEmpty || text != nil
                ? limit - elapsed : min(limit - elapsed, answer.last + quiet - elapsed)
            guard patience > 0 else { return answer }
            var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, Int32(max(1, patience * 1000))) > 0 else { continue }
            let count = Glibc.read(master, &buffer, buffer.count)
            guard count > 0 else { return answer }
            answer.last = Self.now - start
            if answer.bytes.isEmpty { answer.first = answer.last }
            answer.bytes += buffer[..<count]
            if text != nil, Self.find(wanted, in: answer.bytes, last: count + wanted.count) { return answer }
        }
    }

    /// Waits for a text; what was drawn before is forgotten.
    @discardableResult
    package func wait(for text: String, seconds: Double = 60) throws -> Answer {
        let answer = read(quiet: 0, limit: seconds, until: text)
        guard Self.find(Array(text.utf8), in: answer.bytes, last: answer.bytes.count) else {
            throw Failure(description: "'\(text)' did not come, but \(answer.text.suffix(2000).debugDescription)")
        }
        return answer
    }

    private static func find(_ wanted: [UInt8], in bytes: [UInt8], last count: Int) -> Bool {
        let tail = bytes.suffix(count)
        guard !wanted.isEmpty, tail.count >= wanted.count else { return false }
        return (tail.startIndex...(tail.endIndex - wanted.count)).contains { tail[$0...].starts(with: wanted) }
    }

    package func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// The modes that the terminal is in: those of a shell are canonical with echo.
    package var isCooked: Bool {
        var modes = termios()
        return tcgetattr(master, &modes) == 0 && modes.c_lflag & tcflag_t(ICANON) != 0
            && modes.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Pulls the plug: the program's terminal is gone.
    package func hangUp() {
        if master >= 0 { close(master) }
        master = -1
    }

    package func signal(_ number: Int32) { kill(pid, number) }

    /// Types bytes one after the other while nobody takes what is drawn, as on a line that stands still.
    package func sendUnread(_ text: String) {
        for byte in Array(text.utf8) {
            _ = withUnsafeBytes(of: byte) { write(master, $0.baseAddress, 1) }
            usleep(30_000)
        }
    }

    /// Waits for the end while taking what is drawn, unless told not to: the exit status, the negative signal number, or nil
    /// when it goes on.
    package func end(within seconds: Double = 30, reading: Bool = true) -> (status: Int32, drawn: String)? {
        var drawn: [UInt8] = []
        let deadline = Self.now + seconds
        while Self.now < deadline {
            if master >= 0, reading { drawn += read(quiet: 0.02, limit: 0.02).bytes } else { usleep(20_000) }
            var raw: Int32 = 0
            guard waitpid(pid, &raw, WNOHANG) == pid else { continue }
            if master >= 0 { drawn += read(quiet: 0.02, limit: 0.05).bytes }
            let code = raw & 0x7f == 0 ? (raw >> 8) & 0xff : -(raw & 0x7f)
            status = code
            return (code, String(decoding: drawn, as: UTF8.self))
        }
        return nil
    }

    package static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
