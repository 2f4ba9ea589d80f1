import Foundation

/// A program in a real terminal (tmux), driven by keys and read from its screen.
package final class TerminalSession: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let socket = "flexdeck-test-" + UUID().uuidString

    /// Starts a shell of its own in a terminal of that size and types the command into it, so that what the command leaves
    /// behind can be seen as well.
    package init(
        _ command: String, columns: Int = 80, rows: Int = 24, shell: String = "sh", environment: [String: String] = [:]
    ) throws {
        let size = ["-x", String(columns), "-y", String(rows)]
        let variables = environment.merging(["PS1": "ready$ "]) { $1 }.map { "\($0.key)='\($0.value)'" }.joined(
            separator: " ")
        try tmux(["-f", "/dev/null", "new-session", "-d"] + size + ["env \(variables) \(shell)"])
        try tmux(["set-option", "-g", "escape-time", "0"])
        try wait(for: "ready$")
        try type(command)
        try press("Enter")
    }

    deinit {
        _ = try? tmux(["kill-server"])
    }

    /// The screen's text, a line each.
    package var screen: String {
        get throws { try tmux(["capture-pane", "-p"]) }
    }

    /// Presses keys by tmux's names (`Enter`, `Escape`, `Down`, `C-c`, `t`).
    package func press(_ keys: String...) throws {
        for key in keys { try tmux(["send-keys", key]) }
    }

    /// Types text as it is.
    package func type(_ text: String) throws {
        try tmux(["send-keys", "-l", text])
    }

    package func resize(columns: Int, rows: Int) throws {
        try tmux(["resize-window", "-x", String(columns), "-y", String(rows)])
    }

    /// Waits until the screen shows a text, and returns the screen.
    @discardableResult
    package func wait(for text: String, seconds: Double = 60) throws -> String {
        try wait("'\(text)' to appear", seconds: seconds) { $0.contains(text) }
    }

    /// Waits until the shell is ready for the next command, and returns the screen. The prompt before the command may still be
    /// in sight, so that the last line counts: keys typed any earlier go to a program that is still leaving.
    @discardableResult
    package func waitForPrompt() throws -> String {
        try wait("the shell's prompt") {
            $0.split(separator: "\n").last?.trimmingCharacters(in: .whitespaces) == "ready$"
        }
    }

    /// Waits until the screen fulfils a condition, and returns it.
    @discardableResult
    package func wait(_ what: String, seconds: Double = 60, until holds: (String) -> Bool) throws -> String {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var latest = ""
        // Each look is a process of its own: on a busy machine a fast loop of them would starve the program it waits for.
        var pause: UInt32 = 20_000
        repeat {
            latest = try screen
            if holds(latest) { return latest }
            usleep(pause)
            pause = min(pause * 3 / 2, 400_000)
        } while ContinuousClock.now < deadline
        throw Failure(description: "waited for \(what), but the screen is:\n\(latest)")
    }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        // A file, as the server that the first call starts keeps what it inherits.
        let folder = try TemporaryFolder()
        let process = try ChildProcess(
            ["tmux", "-u", "-L", socket] + arguments, environment: BuiltProgram.environment(),
            output: folder.path + "/out",
            errors: folder.path + "/err")
        let status = process.wait()
        let text = try String(contentsOfFile: folder.path + (status == 0 ? "/out" : "/err"), encoding: .utf8)
        guard status == 0 else { throw Failure(description: "tmux \(arguments): \(text)") }
        return text
    }
}
