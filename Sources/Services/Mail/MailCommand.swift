import Glibc

/// Hands a mail to a command on its standard input.
enum MailCommand {
    /// Runs the command and waits for it; throws unless it ends well.
    static func run(_ words: [String], _ message: String) throws {
        guard let program = words.first else { throw MailError("no mail command is configured") }
        var ends: [Int32] = [0, 0]
        // A pair of sockets instead of a pipe: writing to a command that is gone must not raise a signal.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw MailError("no connection to the mail command: \(reason())")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process: pid_t
        do {
            process = try spawn(program, words, input: ends[0])
        } catch {
            for end in ends { close(end) }
            throw error
        }
        close(ends[0])
        let isWritten = write(message, to: ends[1])
        close(ends[1])
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1, errno == EINTR {}
        guard status == 0 else { throw MailError("the mail command failed (status \(status >> 8 & 0xFF))") }
        guard isWritten else { throw MailError("the mail command did not read the mail") }
    }

    private static func spawn(_ program: String, _ words: [String], input: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        // Nothing that the command says may land on the console's screen.
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let result = posix_spawnp(&process, program, &actions, nil, &arguments, environ)
        guard result == 0 else { throw MailError("cannot run \(program): \(String(cString: strerror(result)))") }
        return process
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.replacing("\r\n", with: "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
