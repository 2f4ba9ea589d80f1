import TerminalKit

/// What the message line says.
struct Message: Hashable, Sendable {
    var text = ""
    var role = Role.message
}
