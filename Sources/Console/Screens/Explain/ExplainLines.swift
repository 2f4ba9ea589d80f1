import EnergyCore
import Scheduling
import Services
import TerminalKit

/// An explained schedule as lines: sentences, limits, slots, costs, and what it all rests on.
@MainActor
struct ExplainLines {
    let model: ExplainModel
    let format: TimeFormat
    let readings: Readings
    let glyphs: GlyphSet
    let width: Int

    /// From here on there is room for every figure of a slot.
    private var isWide: Bool { width >= 120 }
    private var textWidth: Int { max(20, width - 2) }

    var all: [DetailLine] {
        if !model.preview.problem.isEmpty { return problem }
        return model.sentences.flatMap { TextWidth.wrapped($0, to: textWidth) }.map { DetailLine($0) }
            + limits + slots + costs + inputs
    }

    private var problem: [DetailLine] {
        [.heading("NO SCHEDULE")]
            + model.preview.problem.flatMap { text in
                TextWidth.wrapped(text, to: textWidth).map {
                    DetailLine($0, text.hasPrefix("would help") ? .strong : .error)
                }
            }
    }

    private var limits: [DetailLine] {
        var lines = [DetailLine.heading("LIMITS THAT SHAPED IT   what one more kW or kWh of each would be worth")]
        if model.bindings.isEmpty { lines.append(DetailLine("no limit holds it back", .secondary)) }
        for binding in model.bindings {
            let worth = "\(NumberFormat.significant(binding.worth / 1000)) \(model.preview.currency)"
            lines += hanging([cell(worth, 14), Span("  ")], binding.text)
        }
        return lines
    }

    private var slots: [DetailLine] {
        let devices = Set(model.slots.map(\.device))
        let head = isWide ? [("EUR/MWh", 9), ("kW", 9), ("kWh", 9)] : [("kW", 7), ("kWh", 7)]
        let units = head.map { $0.0 == "EUR/MWh" ? ("\(model.preview.currency)/MWh", $0.1) : $0 }
        let title = TextWidth.padded("SLOT BY SLOT", to: timeWidth - 1, align: .left, ellipsis: "~")
        var lines = [
            DetailLine.heading(title + units.map { cell($0.0, $0.1).text }.joined() + "  reason")
        ]
        var device: String?
        for slot in model.slots {
            if devices.count > 1, slot.device != device {
                lines.append(DetailLine(slot.device, .strong))
                device = slot.device
            }
            var figures = [cell(span(slot), timeWidth, align: .left, .secondary)]
            if isWide { figures.append(cell(slot.price.map { readings.text($0) } ?? "--", 9)) }
            let width = isWide ? 9 : 7
            figures.append(cell(readings.signed(slot.power * 1000), width))
            figures.append(cell(slot.stock.map { readings.text($0 * 1000) } ?? "", width))
            lines += hanging(figures + [Span("  ")], slot.text)
        }
        return lines
    }

    private var timeWidth: Int { isWide ? 22 : 18 }

    /// `14:45-16:00`, with the day where it is not today.
    private func span(_ slot: ScheduleExplanation.Slot) -> String {
        "\(format.short(slot.start))\(isWide ? " - " : "-")\(format.minute(slot.end))"
    }

    private var costs: [DetailLine] {
        let largest = model.preview.costs.map { abs($0.preview) }.max() ?? 1
        return [.heading("COST BY COMPONENT   \(model.preview.currency)")]
            + model.preview.costs.map { line in
                let length = largest > 0 ? Int((abs(line.preview) / largest * 40).rounded()) : 0
                let shape = glyphs.glyphs
                let mark = line.preview < 0 ? shape.solidDown : shape.solid
                return DetailLine([
                    cell(line.name, 30, align: .left), cell(NumberFormat.fixed(line.preview, decimals: 2), 10),
                    Span(" "),
                    Span(String(repeating: mark, count: length), line.preview < 0 ? .negative : .bar),
                ])
            }
    }

    private var inputs: [DetailLine] {
        var lines = [DetailLine.heading("INPUTS USED")]
        for input in model.inputs {
            lines += hanging([cell(input.what, 18, align: .left, .secondary)], input.text)
        }
        for check in model.preview.checks {
            let role: Role = check.level == .warning ? .warning : .normal
            lines += hanging([cell(check.level.rawValue, 18, align: .left, .secondary)], check.text, role)
        }
        return lines
    }

    private func cell(
        _ text: String, _ width: Int, align: TextAlignment = .right, _ role: Role = .normal
    ) -> Span {
        Span(TextWidth.padded(text, to: width, align: align, ellipsis: "~"), role)
    }

    /// A text behind some figures, its further rows under its first.
    private func hanging(_ figures: [Span], _ text: String, _ role: Role = .normal) -> [DetailLine] {
        let indent = figures.reduce(0) { $0 + TextWidth.of($1.text) }
        return TextWidth.wrapped(text, to: max(20, textWidth - indent)).enumerated().map { index, part in
            DetailLine((index == 0 ? figures : [Span(String(repeating: " ", count: indent))]) + [Span(part, role)])
        }
    }
}
