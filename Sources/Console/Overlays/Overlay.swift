import TerminalKit

/// A box over the screen. It takes all keys while it is up; Esc closes it and gives the focus back.
@MainActor
package protocol Overlay: AnyObject {
    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation)
    /// What a key does here. Every key belongs to the overlay, also those it has no use for.
    func handle(_ key: Key, _ situation: Situation) -> [Intent]
    /// Takes pasted text; nil where no text is typed.
    func paste(_ text: String, _ situation: Situation) -> [Intent]?
    /// Keys for the key line while the overlay is up.
    var hints: [KeyHint] { get }
    /// Whether it fills the message line instead of drawing a box.
    var isLine: Bool { get }
    /// What the work behind the overlay came to; then it is closed and the text said.
    var result: String? { get }
    /// What follows then.
    var resultIntents: [Intent] { get }
}

extension Overlay {
    package func paste(_ text: String, _ situation: Situation) -> [Intent]? { nil }
    package var isLine: Bool { false }
    package var result: String? { nil }
    package var resultIntents: [Intent] { [] }
}
