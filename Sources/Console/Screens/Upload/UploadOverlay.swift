import EnergyCore
import TerminalKit

/// Shows an upload under way: rows, a bar, what was left out; Esc stops it.
@MainActor
final class UploadOverlay: Overlay {
    private let title: String
    private let path: String
    private let progress = UploadProgress()
    private var outcome: String?
    private var following: [Intent] = []

    init(path: String, unit: String, sensor: Sensor, _ inputs: ScreenInputs) {
        title = "UPLOAD DATA  sensor \(sensor.id) \(sensor.name) (\(sensor.unit))"
        self.path = path
        let (data, zone, state, loader) = (inputs.data, inputs.zone, progress, inputs.loader)
        let tell: @Sendable () -> Void = { Task { @MainActor in loader.whenChanged() } }
        let work = UploadWork(path: path, unit: unit, sensor: sensor, zone: zone, progress: state, tell: tell)
        loader.run({ try work.run(data) }) { [weak self] result in
            switch result {
            case .success(let text):
                self?.outcome = text
                self?.following = Self.skipped(state.now, text)
            case .failure(is UploadProgress.Stopped): self?.outcome = UploadProgress.Stopped().description
            case .failure(let error):
                let form = UploadForm.overlay(sensor, inputs, path: path, unit: unit)
                form.show(error)
                self?.outcome = ""
                self?.following = [.overlay(form), .failure(ErrorText(error))]
            }
        }
    }

    /// What was left out, to read at leisure: it is nowhere else.
    private static func skipped(_ state: UploadProgress.State, _ text: String) -> [Intent] {
        guard state.skippedCount > 0 else { return [] }
        let left = state.skippedCount - state.skipped.count
        let more = left > 0 ? ["  and \(left) more"] : []
        return [
            .overlay(
                TextOverlay(title: "UPLOAD", lines: [text + ":", ""] + state.skipped.map { "  \($0)" } + more))
        ]
    }

    var hints: [KeyHint] { [KeyHint(keys: "Esc", text: "stop")] }
    var result: String? { outcome }
    /// What could not be stored goes back to the form, with the reason.
    var resultIntents: [Intent] { following }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let state = progress.now
        let skipped = state.skipped.prefix(4)
        let inside = DialogView(
            title: title, width: min(76, rect.width - 2), height: min(rect.height, 8 + skipped.count)
        )
        .drawFrame(on: &canvas, in: rect)
        var y = inside.y
        func line(_ text: String, _ role: Role = .normal) {
            guard y < inside.endY else { return }
            canvas.text(text, x: inside.x, y: y, width: inside.width, role: role)
            y += 1
        }
        line("file    \(path)   \(state.rows) rows")
        y += 1
        let fraction = state.toStore > 0 ? Double(state.stored) / Double(state.toStore) : 0
        let bar = ProgressBar(fraction: fraction).text(width: max(1, inside.width - 8), glyphs: canvas.glyphs)
        line("\(bar)  \(NumberFormat.fixed(fraction * 100, decimals: 0)) %")
        y += 1
        if state.skippedCount > 0 { line("\(state.skippedCount) rows skipped:", .warning) }
        for text in skipped { line("  \(text)", .secondary) }
        line("stored so far \(state.stored) of \(state.toStore); Esc stops and keeps nothing", .secondary)
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        if key == .escape || key == .control("c") { progress.cancel() }
        return []
    }
}
