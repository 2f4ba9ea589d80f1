import CNcurses
import Glibc
import TerminalKit

/// Stands for the backend, whose decoding is compiled in without its picture.
enum CursesBackend {}

@_silgen_name("set_escdelay")
private func setEscapeDelay(_ milliseconds: CInt) -> CInt

/// The end of a pipe that ncurses takes for the keyboard of a terminal with a mouse.
private let keyboard: CInt = {
    var ends: [CInt] = [0, 0]
    // The crash handlers of the console would hide a crash from the fuzzer.
    let signals = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGINT, SIGTERM]
    var handlers = signals.map { _ in sigaction() }
    for (index, signal) in signals.enumerated() { sigaction(signal, nil, &handlers[index]) }
    precondition(pipe(&ends) == 0 && ct_open("xterm-256color", ends[0], open("/dev/null", O_WRONLY)) == 0)
    for (index, signal) in signals.enumerated() { sigaction(signal, &handlers[index], nil) }
    ct_mouse(true)
    // No human types here: what follows an escape is there already.
    _ = setEscapeDelay(0)
    return ends[1]
}()

/// What a terminal may send, up to the line that is edited with it and the picture of that line.
func fuzzTerminal(_ bytes: [UInt8]) {
    precondition(write(keyboard, bytes, bytes.count) == bytes.count)
    var field = TextFieldState()
    var event = ct_read()
    while Int(event.kind) != CT_NONE {
        precondition(Int(event.kind) != CT_CLOSED, "the terminal was given up")
        switch Int(event.kind) {
        case CT_CHAR:
            if let scalar = Unicode.Scalar(event.code) { take(Key(scalar: scalar, alt: event.alt), &field) }
        case CT_KEY:
            if let key = CursesBackend.key(Int(event.code), alt: event.alt) { take(key, &field) }
        default:
            if let mouse = CursesBackend.mouse(event) { precondition(mouse.point.x >= 0 && mouse.point.y >= 0) }
        }
        event = ct_read()
    }
    var grid = CellGrid(size: GridSize(columns: 40, rows: 1))
    let shown = field.window(width: 40)
    precondition((0...40).contains(shown.cursor))
    _ = grid.write(shown.text, x: 0, y: 0, limit: 40, style: .plain)
    for run in grid.runs(since: nil) {
        // Nothing that is written to the terminal may be a command to it.
        precondition(run.scalars.allSatisfy { $0 >= 32 && !(127..<160).contains($0) }, "a control character is drawn")
    }
}

private func take(_ key: Key, _ field: inout TextFieldState) {
    _ = field.handle(key)
    precondition((0...field.text.count).contains(field.cursor))
}
