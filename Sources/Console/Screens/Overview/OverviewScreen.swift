import EnergyCore
import TerminalKit

/// All sites, worst first, and the selected one below.
@MainActor
final class OverviewScreen: Screen {
    static let id = ScreenID.overview
    var path: [String] { [] }
    func update(_ inputs: ScreenInputs) {}
    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        canvas.titleRule("SITES", in: rect.row(0), focused: true)
    }
    func plain(_ inputs: ScreenInputs) -> PlainPage { PlainPage(lines: []) }
    static let actions: [Action] = []
}
