import EnergyCore
import TerminalKit

/// Draws a preview: charts, comparison, or why there is no schedule.
struct PreviewView {
    let model: PreviewModel
    /// Rows below which a chart says nothing and its room is the table's.
    private static let leastChart = 5

    @MainActor
    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        guard model.problem.isEmpty else {
            drawProblem(on: &canvas, in: rect)
            return
        }
        let tableRows = min(model.lines.count + 2, max(3, rect.height / 3))
        var (charts, table) = rect.splitBottom(model.lines.isEmpty ? 1 : tableRows)
        if charts.height < Self.leastChart { (charts, table) = (rect.row(0).inset(top: 1), rect) }
        var own = inputs
        own.chart.start = model.start
        own.chart.span = model.end - model.start
        own.chart.kind = .line
        own.chart.cursor = nil
        if !charts.isEmpty {
            PanelStack(panels: shown(charts.height)).draw(on: &canvas, in: charts, own, emptyText: "")
        }
        drawCosts(on: &canvas, in: table, inputs.data.readings)
    }

    /// As many panels as there is room for, the first and the price before the others.
    private func shown(_ height: Int) -> [PanelData] {
        let count = height < 14 ? 1 : max(2, height / 7)
        guard count > 1, let price = model.panels.last, price.isPrice else { return Array(model.panels.prefix(count)) }
        return Array(model.panels.dropLast().prefix(count - 1)) + [price]
    }

    private func drawProblem(on canvas: inout Canvas, in rect: Rect) {
        var y = rect.y
        for line in model.problem {
            for part in TextWidth.wrapped(line, to: rect.width - 2) where y < rect.endY {
                canvas.text(part, x: rect.x + 1, y: y, role: line.hasPrefix("would help") ? .strong : .error)
                y += 1
            }
        }
    }

    private func drawCosts(on canvas: inout Canvas, in rect: Rect, _ readings: Readings) {
        canvas.titleRule("AGAINST THE PLAN IN FORCE AND AN IDLE DEVICE   \(model.currency)", in: rect.row(0))
        let columns = [
            TableColumn("name", "", width: 20, grow: 1), TableColumn("force", "in force", width: 10, align: .right),
            TableColumn("idle", "idle", width: 10, align: .right),
            TableColumn("preview", "preview", width: 10, align: .right),
            TableColumn("change", "change", width: 10, align: .right),
        ]
        let lines = model.lines
        TableView(columns: columns, rowCount: lines.count, isFocused: false, emptyText: model.firstValues) {
            row, column in
            let line = lines[row]
            switch column.id {
            case "name": return Span(line.name, row == 0 ? .strong : .normal)
            case "force": return Span(line.inForce.map { line.text($0, readings) } ?? "--")
            case "idle": return Span(line.idle.map { line.text($0, readings) } ?? "--")
            case "preview": return Span(line.text(line.preview, readings), .strong)
            default:
                guard let base = line.inForce ?? line.idle else { return Span("") }
                let change = line.preview - base
                return Span((change > 0 ? "+" : "") + line.text(change, readings))
            }
        }.draw(on: &canvas, in: rect.inset(top: 1), state: ListState())
    }
}
