import EnergyCore
import Services
import TerminalKit

/// Forecasts with their skill.
@MainActor
final class ForecastsScreen: ListScreen {
    static let id = ScreenID.forecasts
    private let model = ViewModel<ForecastsQuery, ForecastsModel>(ForecastsModel.load)
    private let chart = ViewModel<SensorDetailQuery, SensorDetailModel>(SensorDetailModel.load)
    private let errors = ForecastErrorsModel()
    /// The rows with their figures, and what they were made of.
    private var shown: (list: ListModel, figures: Int, glyphs: GlyphSet)?
    private var hasNewRows = false
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    private static let figureWidth = 16
    /// From here on rows have figures.
    private static let wide = 120

    init() {
        model.whenLoaded = { [weak self] _ in self?.hasNewRows = true }
    }

    var listModel: ListModel? { model.value == nil ? nil : shown?.list }
    var listFailure: ErrorText? { model.failure }
    var detailLines: [DetailLine] { [] }
    var detailPanels: [PanelData] { chart.value?.panels ?? [] }
    private var sensorID: SensorID? { selectedRow.flatMap { Int($0.id) } }
    var subject: Subject? { sensorID.map { .sensor($0) } }

    func update(_ inputs: ScreenInputs) {
        let quarter = inputs.now.seconds / 900
        model.ask(
            ForecastsQuery(
                asset: inputs.place.asset, belief: inputs.belief, zone: inputs.zone, quarter: quarter,
                readings: inputs.data.readings), inputs)
        refreshRows(inputs)
        fitRows()
        guard let id = sensorID else { return }
        chart.ask(SensorDetailQuery(id, inputs), inputs)
        let isWide = inputs.body.columns >= Self.wide
        let inSight = isWide ? rows.dropFirst(pane.list.top).prefix(pane.page).compactMap { Int($0.id) } : []
        errors.ask(id, others: inSight, inputs)
        refreshRows(inputs)
    }

    /// Puts the figures that were found into the rows.
    private func refreshRows(_ inputs: ScreenInputs) {
        guard var list = model.value?.list else { return }
        if !hasNewRows, let shown, shown.figures == errors.version, shown.glyphs == inputs.glyphs { return }
        hasNewRows = false
        for index in list.rows.indices {
            guard let id = Int(list.rows[index].id), errors[id] != nil else { continue }
            let figure = errors.figure(id, width: Self.figureWidth, inputs.glyphs)
            list.rows[index].cells["errors"] = Span(figure, .secondary)
        }
        shown = (list, errors.version, inputs.glyphs)
    }

    private func figures(_ inputs: ScreenInputs) -> ForecastFigures? {
        guard let id = sensorID, let found = errors[id], let sensor = model.value?.sensors[id] else { return nil }
        return ForecastFigures(errors: found, sensor: sensor, readings: inputs.data.readings)
    }

    func footing(in size: GridSize) -> Int { selectedRow == nil ? 0 : ForecastFigures.height(in: size) }

    func drawFooting(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        if let figures = figures(inputs) {
            figures.draw(on: &canvas, in: rect)
        } else {
            canvas.titleRule("ERROR BY HORIZON", in: rect.row(0))
            canvas.text("looking at the last \(ForecastErrorsModel.days) days ...", x: rect.x + 1, y: rect.y + 1)
        }
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        var page = listPage(inputs)
        page.lines += figures(inputs)?.lines ?? []
        return page
    }

    func openRow(_ row: RowModel, _ inputs: ScreenInputs) -> [Intent] {
        sensorID.map { DetailNavigation.open(.sensor($0), inputs) } ?? []
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        if focus == 1 { return PanelStack(panels: detailPanels).readOut(inputs) }
        return nil
    }

    static let actions: [Action] = []
}
