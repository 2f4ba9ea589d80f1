import EnergyCore
import Services
import TerminalKit

/// What the figures beside the chart depend on.
struct OverviewKPIsQuery: Hashable, Sendable {
    var site: AssetID
    var belief: BeliefHorizon
    /// Begin of the local day.
    var today: Instant
    var zone: Zone
}

/// The figures of a site for today so far and for the day before.
struct OverviewKPIs: Hashable, Sendable {
    struct Figure: Hashable, Sendable {
        var title: String
        var unit: String
        var today: Double?
        var yesterday: Double?
    }

    var figures: [Figure] = []

    @Sendable
    static func load(_ query: OverviewKPIsQuery, _ data: ConsoleData) throws -> OverviewKPIs {
        func values(_ day: Int) throws -> [KPIValue] {
            let start = query.zone.adding(days: day, to: query.today)
            return try data.services.kpis.kpis(
                of: query.site, KPIQuery(start: start, end: query.zone.adding(days: 1, to: start)), as: query.belief,
                caller: data.caller)
        }
        let (today, yesterday) = (try values(0), try values(-1))
        // A zero without values behind it is no figure.
        func known(_ value: KPIValue) -> Double? { value.count > 0 ? value.value : nil }
        var figures = today.map { Figure(title: $0.title, unit: $0.unit, today: known($0), yesterday: nil) }
        for value in yesterday {
            if let index = figures.firstIndex(where: { $0.title == value.title }) {
                figures[index].yesterday = known(value)
            } else {
                figures.append(Figure(title: value.title, unit: value.unit, today: nil, yesterday: known(value)))
            }
        }
        return OverviewKPIs(figures: figures)
    }

    /// `Energy costs   4.51 EUR (38.20)`
    func draw(on canvas: inout Canvas, in rect: Rect, _ readings: Readings) {
        guard !rect.isEmpty else { return }
        canvas.titleRule("KPIS  today so far (yesterday)", in: rect.row(0))
        let body = rect.inset(top: 1)
        func text(_ value: Double?) -> String { value.map { readings.fixed($0, decimals: 2) } ?? "--" }
        for (offset, figure) in figures.prefix(body.height).enumerated() {
            let value = "\(text(figure.today)) \(figure.unit)"
            let y = body.y + offset
            let width = max(0, body.width - 1)
            canvas.text(figure.title, x: body.x + 1, y: y, width: width / 2)
            canvas.text(value, x: body.x + 1 + width / 2, y: y, width: width / 4, align: .right, role: .strong)
            canvas.text(
                "(\(text(figure.yesterday)))", x: body.x + 2 + width * 3 / 4, y: y, width: max(0, width / 4 - 1),
                role: .secondary)
        }
    }
}
