import EnergyCore
import Services
import TerminalKit

/// Reads a file of times and values and stores them as one change. Of a CSV file what cannot be read is left out, counted,
/// and the first rows of it are named; a spreadsheet is taken as the API takes it, whole or not at all.
struct UploadWork: Sendable {
    var path: String
    var unit: String
    var sensor: Sensor
    var zone: Zone
    var progress: UploadProgress
    /// Called when there is more to show.
    var tell: @Sendable () -> Void

    /// Values that go in one post: few enough that a stop is soon obeyed.
    private static let most = 5000

    func run(_ data: ConsoleData) throws -> String {
        path.lowercased().hasSuffix(".xlsx") ? try storeSheet(data) : try storeText(data)
    }

    private func storeSheet(_ data: ConsoleData) throws -> String {
        var request = UploadRequest(files: [UploadedFile(path: path)])
        request.unit = unit
        progress.change { $0.toStore = 100 }
        try data.services.data.upload(request, to: sensor.id, as: data.caller) { part in
            try progress.check()
            progress.change { $0.stored = Int(part * 100) }
            tell()
        }
        return "stored the values of \(path) in \(sensor.name)"
    }

    private func storeText(_ data: ConsoleData) throws -> String {
        guard let text = try TextFile.read(path) else { throw FieldErrors("file", "there is no file \(path)") }
        let values = try read(text, data)
        guard !values.isEmpty else {
            throw FieldErrors(
                "file", "no row holds a time and a number; the first column is the time, the second the value")
        }
        progress.change { $0.toStore = values.count }
        let runs = runs(values.sorted { $0.0 < $1.0 })
        let ends = runs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.values.count) }
        try data.services.data.post(runs, from: path, to: sensor.id, as: data.caller) { done in
            try progress.check()
            progress.change { $0.stored = ends[done] }
            tell()
        }
        let skipped = progress.now.skippedCount
        let note = skipped == 0 ? "" : ", skipped \(skipped) row\(skipped == 1 ? "" : "s")"
        return "stored \(values.count) value\(values.count == 1 ? "" : "s") in \(sensor.name)\(note)"
    }

    private func read(_ text: String, _ data: ConsoleData) throws -> [(Instant, Double)] {
        var values: [(Instant, Double)] = []
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            if index % Self.most == 0 {
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
                    if state.skipped.count < UploadProgress.mostNamed {
                        state.skipped.append("row \(index + 1)  \(Self.reason(cells)): \(line.prefix(40))")
                    }
                }
            }
            progress.change { $0.rows = index + 1 }
        }
        return values
    }

    private static func reason(_ cells: [String]) -> String {
        guard cells.count >= 2 else { return "one column only" }
        return Double(cells[1])?.isFinite == true ? "not a time" : "not a number"
    }

    /// Runs of regular values, a post each.
    private func runs(_ values: [(Instant, Double)]) -> [DataPost] {
        let step = sensor.resolution
        var posts: [DataPost] = []
        var first = 0
        for index in 1...values.count {
            let breaks =
                index == values.count || step == .zero || index - first >= Self.most
                || values[index].0 - values[index - 1].0 != step
            guard breaks else { continue }
            let run = values[first..<index]
            let start = AwareDateTime(instant: values[first].0, offset: zone.offset(at: values[first].0))
            posts.append(DataPost(values: run.map(\.1), start: start, duration: step * run.count, unit: unit))
            first = index
        }
        return posts
    }
}
