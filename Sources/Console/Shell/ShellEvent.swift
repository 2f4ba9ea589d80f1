import TerminalKit

/// What wakes the shell.
enum ShellEvent: Sendable {
    case terminal(TerminalEvent)
    /// The store changed, through this process or another.
    case storeChanged
    /// Values came in, and nothing else: lists and charts may follow at their own pace.
    case dataChanged
    /// A second or a minute has gone by.
    case tick
    /// A load finished, or something else that may change the picture.
    case settled
}
