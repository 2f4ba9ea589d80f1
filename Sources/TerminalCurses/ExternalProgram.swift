import Dispatch
import Glibc

/// Runs another program on the terminal, such as the user's editor.
package enum ExternalProgram {
    /// Runs the command to its end on a thread of its own; 127 when it cannot be started.
    static func run(_ command: [String]) async -> Int32 {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: runAndWait(command)) }
        }
    }

    /// Runs the command to its end on the calling thread; 127 when it cannot be started.
    package static func runAndWait(_ command: [String]) -> Int32 {
        var arguments = command.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        guard let program = command.first else { return 127 }
        var child = pid_t()
        guard posix_spawnp(&child, program, nil, nil, arguments, environ) == 0 else { return 127 }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            if errno != EINTR { return 127 }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }
}
