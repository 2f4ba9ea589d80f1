import EnergyCore
import Services
import TerminalKit

/// What is known about the value under the cursor.
@MainActor
enum ValueHistory {
    static func overlay(_ panel: PanelData, at moment: Instant, _ inputs: ScreenInputs) -> any Overlay {
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        var lines = ["\(panel.title) at \(format.full(moment))", ""]
        for line in panel.lines {
            guard let sample = line.sample(at: moment) else {
                lines.append("\(line.name): no value")
                continue
            }
            lines.append("\(line.name): \(inputs.data.readings.text(sample.mean, digits: 6)) \(panel.unit)")
            if sample.count > 1 {
                lines.append(
                    "   mean of \(sample.count) values from \(inputs.data.readings.text(sample.minimum)) to "
                        + "\(inputs.data.readings.text(sample.maximum))"
                )
            }
            lines.append("   holds from \(format.full(sample.start)) to \(format.full(sample.end))")
        }
        return TextOverlay(title: "VALUE", lines: lines)
    }
}

/// Requests as command lines.
enum CurlText {
    static func get(_ path: String, _ query: [(String, String)]) -> String {
        let parts = query.map { "--data-urlencode '\($0.0)=\($0.1)'" }.joined(separator: " ")
        return "curl -G -H \"Authorization: $TOKEN\" \(parts) \"http://127.0.0.1:5000\(path)\""
    }

    static func post(_ path: String, _ body: String) -> String {
        "curl -H \"Authorization: $TOKEN\" -H 'Content-Type: application/json' -d "
            + "'\(body.replacing("'", with: "'\\''"))' "
            + "\"http://127.0.0.1:5000\(path)\""
    }
}
