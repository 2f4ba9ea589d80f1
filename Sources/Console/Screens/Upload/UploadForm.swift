import EnergyCore
import Services
import TerminalKit

/// Uploads a CSV or XLSX file into a sensor.
@MainActor
enum UploadForm {
    static func overlay(_ sensor: Sensor, _ inputs: ScreenInputs, path: String = "") -> FormOverlay {
        let fields = [
            FormField(id: "file", label: "file", value: path, note: "CSV: time, value"),
            FormField(id: "unit", label: "unit", value: sensor.unit, note: "converted to \(sensor.unit)"),
        ]
        let intro = [
            "into sensor \(sensor.id) \(sensor.name) (\(sensor.unit), \(TimeFormat.length(sensor.resolution)))"
        ]
        return FormOverlay(title: "UPLOAD DATA", fields: fields, intro: intro, button: "Upload", labelWidth: 8) {
            form, overlay in
            let (path, unit) = (form.value("file").trimmed, form.value("unit").trimmed)
            guard (try? TextFile.read(path)) != nil else {
                overlay.show(FieldErrors("file", "there is no file \(path)"))
                return []
            }
            return [.closeOverlay, .overlay(UploadOverlay(path: path, unit: unit, sensor: sensor, inputs))]
        }
    }
}

/// Reads a file of times and values and posts them; what cannot be read is counted, the first ones are named.
enum UploadWork {
    /// Values that go in one post: few enough that a stop is soon obeyed.
    private static let most = 5000

    static func run(
        path: String, unit: String, sensor: Sensor, zone: Zone, _ progress: UploadProgress,
        _ tell: @Sendable () -> Void, _ data: ConsoleData
    ) throws -> String {
        guard let text = try TextFile.read(path) else { throw FieldErrors("file", "there is no file \(path)") }
        var values: [(Instant, Double)] = []
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            if index % most == 0 {
                try progress.check()
                progress.change { $0.rows = index }
                tell()
            }
            let cells = line.split(whereSeparator: { ",;\t".contains($0) }).map { String($0).trimmed }
            if cells.count >= 2, let value = Double(cells[1]), value.isFinite,
                let moment = MomentText.parse(cells[0], now: data.now, zone: zone)
            {
                values.append((moment, value))
            } else if index > 0 || Double(cells.last ?? "") != nil {
                progress.change { state in
                    state.skippedCount += 1
                    if state.skipped.count < 4 {
                        state.skipped.append("row \(index + 1)  \(reason(cells)): \(line.prefix(40))")
                    }
                }
            }
        }
        guard !values.isEmpty else {
            throw FieldErrors(
                "file", "no row holds a time and a number; the first column is the time, the second the value")
        }
        let count = values.count
        progress.change { $0.toStore = count }
        try post(values.sorted { $0.0 < $1.0 }, unit: unit, sensor: sensor, zone: zone, progress, tell, data)
        let state = progress.now
        let note =
            state.skippedCount == 0
            ? "" : ", \(state.skippedCount) rows skipped: \(state.skipped.prefix(3).joined(separator: "; "))"
        return "stored \(count) values in \(sensor.name)\(note)"
    }

    private static func reason(_ cells: [String]) -> String {
        guard cells.count >= 2 else { return "one column only" }
        return Double(cells[1])?.isFinite == true ? "not a time" : "not a number"
    }

    /// Runs of regular values go in one post each.
    private static func post(
        _ values: [(Instant, Double)], unit: String, sensor: Sensor, zone: Zone, _ progress: UploadProgress,
        _ tell: @Sendable () -> Void,
        _ data: ConsoleData
    ) throws {
        let step = sensor.resolution
        var first = 0
        for index in 1...values.count {
            let breaks =
                index == values.count || step == .zero || index - first >= most
                || values[index].0 - values[index - 1].0 != step
            guard breaks else { continue }
            try progress.check()
            let run = values[first..<index]
            let start = AwareDateTime(instant: values[first].0, offset: zone.offset(at: values[first].0))
            let post = DataPost(values: run.map(\.1), start: start, duration: step * run.count, unit: unit)
            _ = try data.services.data.post(post, to: sensor.id, as: data.caller)
            first = index
            progress.change { $0.stored = index }
            tell()
        }
    }
}
