import Foundation

/// Asks for a password without showing it; from a pipe the first line counts.
enum PasswordPrompt {
    /// - Throws: `CommandFailure` when the two entries differ or the password is too short.
    static func newPassword(atLeast length: Int) throws -> String {
        let password = try read("Password: ")
        guard password.count >= length else { throw CommandFailure("A password has at least \(length) characters.") }
        guard try isatty(STDIN_FILENO) == 0 || password == read("Again: ") else {
            throw CommandFailure("The two passwords differ.")
        }
        return password
    }

    /// A password that exists already.
    static func knownPassword() throws -> String { try read("Password: ") }

    private static func read(_ prompt: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine() else { throw CommandFailure("A password is due on standard input.") }
            return line
        }
        var shown = termios()
        tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        FileHandle.standardError.write(Data(prompt.utf8))
        return readLine() ?? ""
    }
}
