import CNcurses
import Glibc
import TerminalKit

/// The signals the backend looks at, as the pipe delivers them.
enum SignalNumber {
    static let windowChange = SIGWINCH
    static let hangUp = SIGHUP
    static let terminate = SIGTERM
    static let interrupt = SIGINT
    static let quit = SIGQUIT
}

extension CursesBackend {
    private static let codes: [Int: Key] = [
        CT_KEY_UP: Key(.up), CT_KEY_DOWN: Key(.down), CT_KEY_LEFT: Key(.left), CT_KEY_RIGHT: Key(.right),
        CT_KEY_HOME: Key(.home), CT_KEY_END: Key(.end), CT_KEY_PAGE_UP: Key(.pageUp),
        CT_KEY_PAGE_DOWN: Key(.pageDown), CT_KEY_BACKSPACE: Key(.backspace), CT_KEY_DELETE: Key(.delete),
        CT_KEY_INSERT: Key(.insert), CT_KEY_ENTER: Key(.enter), CT_KEY_BACK_TAB: .backTab,
        CT_KEY_SHIFT_LEFT: Key(.left, shift: true), CT_KEY_SHIFT_RIGHT: Key(.right, shift: true),
    ]

    static func key(_ code: Int, alt: Bool) -> Key? {
        if code >= CT_KEY_F0 { return Key(.function(code - CT_KEY_F0), alt: alt) }
        var key = codes[code]
        key?.alt = alt
        return key
    }

    static func mouse(_ event: ct_event) -> MouseEvent? {
        let point = GridPoint(x: Int(event.x), y: Int(event.y))
        let buttons = Int(event.buttons)
        if buttons & CT_WHEEL_UP != 0 { return MouseEvent(kind: .wheelUp, point: point) }
        if buttons & CT_WHEEL_DOWN != 0 { return MouseEvent(kind: .wheelDown, point: point) }
        if buttons & CT_PRESS != 0 { return MouseEvent(kind: .press, point: point) }
        if buttons & CT_RELEASE != 0 { return MouseEvent(kind: .release, point: point) }
        return nil
    }
}
