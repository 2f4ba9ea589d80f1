import TerminalKit

/// Which lines the log pane shows.
package enum LogLevel: String, CaseIterable, Hashable, Sendable {
    case all
    case warning
    case error

    /// Whether a line weighs enough.
    func includes(_ line: LogLine) -> Bool {
        switch self {
        case .all: true
        case .warning: [.warning, .error, .alarm].contains(line.role)
        case .error: [.error, .alarm].contains(line.role)
        }
    }
}
