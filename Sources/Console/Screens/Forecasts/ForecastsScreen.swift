import EnergyCore
import Services
import TerminalKit

/// Forecasts with their skill.
@MainActor
final class ForecastsScreen: ListScreen {
    static let id = ScreenID.forecasts
    private let model = ViewModel<ForecastsQuery, ForecastsModel>(ForecastsModel.load)
    private let chart = ViewModel<SensorDetailQuery, SensorDetailModel>(SensorDetailModel.load)
    private var lines: [DetailLine] = []
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    var listModel: ListModel? { model.value?.list }
    var listFailure: ErrorText? { model.failure }
    var detailLines: [DetailLine] { lines }
    var detailPanels: [PanelData] { chart.value?.panels ?? [] }
    private var sensorID: SensorID? { selectedRow.flatMap { Int($0.id) } }
    var subject: Subject? { sensorID.map { .sensor($0) } }

    func update(_ inputs: ScreenInputs) {
        let quarter = inputs.now.seconds / 900
        model.ask(
            ForecastsQuery(
                asset: inputs.place.asset, belief: inputs.belief, zone: inputs.zone, quarter: quarter,
                readings: inputs.data.readings), inputs)
        fitRows()
        guard let id = sensorID else {
            lines = []
            return
        }
        chart.ask(SensorDetailQuery(id, inputs), inputs)
        lines =
            model.value?.skills[id].map {
                Self.lines($0, unit: model.value?.sensors[id]?.unit ?? "", inputs.data.readings)
            } ?? []
    }

    private static func lines(_ skill: ForecastSkill, unit: String, _ readings: Readings) -> [DetailLine] {
        var lines = [DetailLine.heading("SKILL over the last 7 days, against the same time the day before")]
        guard let error = skill.error else {
            return lines + [DetailLine("no measured values to compare with", .secondary)]
        }
        var text = "MAE \(readings.text(error)) \(unit)"
        if let share = skill.share { text += " (\(NumberFormat.fixed(share, decimals: 1)) % of the mean size)" }
        if let bias = skill.bias { text += "   bias \(readings.signed(bias)) \(unit)" }
        if let coverage = skill.coverage { text += "   inside the band \(NumberFormat.fixed(coverage, decimals: 0)) %" }
        lines.append(DetailLine(text))
        let parts = skill.biasByHour.map { "\($0.hours) \(readings.signed($0.bias))" }
        lines.append(DetailLine("bias by hour  " + parts.joined(separator: "   "), .secondary))
        return lines
    }

    func openRow(_ row: RowModel, _ inputs: ScreenInputs) -> [Intent] {
        sensorID.map { DetailNavigation.open(.sensor($0), inputs) } ?? []
    }
    func statusLine(_ inputs: ScreenInputs) -> String? {
        focus == 1 ? PanelStack(panels: detailPanels).readOut(inputs) : nil
    }

    static let actions: [Action] = []
}
