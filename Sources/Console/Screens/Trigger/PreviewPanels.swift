import EnergyCore
import Scheduling
import Services
import TerminalKit

/// The charts of a preview: powers, levels, and the price that the plan was made with.
enum PreviewPanels {
    private static let styles: [ChartLine] = [.plan, .measured, .forecast, .other]

    static func panels(_ preview: SchedulePreview, of draft: ScheduleDraft, _ data: ConsoleData) throws -> [PanelData] {
        let records = try data.records()
        let powers = preview.outputs.filter { $0.role == .power }
        let others = preview.outputs.filter { $0.role == .aggregate }
        let levels = preview.outputs.filter { $0.role == .stock }
        var panels = [powers, others, levels].flatMap { outputs -> [PanelData] in
            outputs.count == 1 ? [single(outputs[0], records)] : outputs.isEmpty ? [] : [joint(outputs, records)]
        }
        if levels.count == 1, let index = panels.indices.last, powers.count == 1 {
            addBounds(to: &panels[index], levels[0].sensor, powers[0].sensor, draft, records)
        }
        if let price = try price(preview, data) { panels.append(price) }
        return panels
    }

    /// The levels between which the stock has to stay, and those that it must have reached.
    private static func addBounds(
        to panel: inout PanelData, _ level: Sensor, _ power: Sensor, _ draft: ScheduleDraft, _ records: Directory
    ) {
        var model = records.asset(level.assetID)?.flexModel?.objectValue ?? JSONObject()
        let said = draft.message["flex-model"]
        let listed = said?.arrayValue?.compactMap(\.objectValue).first { $0["sensor"]?.intValue == power.id }
        let own = said?.objectValue ?? listed
        for (key, value) in own ?? JSONObject() { model[key] = value }
        let unit = panel.unit
        func number(_ value: JSONValue?) -> (text: String, value: Double)? {
            SiteFacts.Quantity(value?.stringValue).flatMap { quantity in
                SiteFacts.converted(quantity, to: unit).map { (quantity.text, $0) }
            }
        }
        for key in ["soc-min", "soc-max"] {
            if let found = number(model[key]) {
                panel.limits.append(ChartLimit(value: found.value, label: "\(key) \(found.text)"))
            }
        }
        for target in model["soc-targets"]?.arrayValue ?? [] {
            guard let moment = (target["datetime"]?.stringValue).flatMap({ try? Instant(parsing: $0) }),
                let found = number(target["value"])
            else { continue }
            panel.marks.append(PanelMark(time: moment, value: found.value))
        }
    }

    private static func series(_ output: SensorOutput) -> SeriesData {
        let sensor = output.sensor
        let samples = output.values.enumerated().map { index, value -> SeriesSample in
            let start = output.start + output.step * index
            return SeriesSample(value, from: start, to: sensor.resolution == .zero ? start : start + output.step)
        }
        return SeriesData(sensor: sensor, parts: [SeriesPart(kind: .plan, sources: [], samples: samples)])
    }

    private static func single(_ output: SensorOutput, _ records: Directory) -> PanelData {
        let place = records.asset(output.sensor.assetID)?.name ?? ""
        var panel = PanelData(
            ShownPanel(title: "\(place) \(output.sensor.name)", sensors: [output.sensor]), [series(output)], names: [:])
        if !panel.signNote.isEmpty { panel.signNote = "+ consumption" }
        return panel
    }

    /// All devices in one panel, each with its own kind of line.
    private static func joint(_ outputs: [SensorOutput], _ records: Directory) -> PanelData {
        let names = Dictionary(outputs.map { ($0.sensor.id, records.asset($0.sensor.assetID)?.name ?? $0.sensor.name) })
        { first, _ in first }
        let title = outputs[0].role == .stock ? "stocks" : "devices"
        var panel = PanelData(
            ShownPanel(title: title, sensors: outputs.map(\.sensor)), outputs.map(series), names: names)
        for index in panel.lines.indices {
            panel.lines[index].line = styles[index % styles.count]
            panel.lines[index].name = names[panel.lines[index].sensor] ?? panel.lines[index].name
        }
        if !panel.signNote.isEmpty { panel.signNote = "+ consumption" }
        return panel
    }

    /// The price as the scheduler saw it, step by step; of a process, whose data are not kept, what its sensor says.
    private static func price(_ preview: SchedulePreview, _ data: ConsoleData) throws -> PanelData? {
        let request = preview.steps.isEmpty ? nil : preview.request
        guard let request else { return nil }
        var sensor: Sensor?
        if case .sensor(let reference)? = request.context.consumptionPrice { sensor = reference.sensor }
        guard let snapshot = preview.steps.first?.snapshot else {
            guard let sensor else { return nil }
            let query = SeriesQuery(sensor: sensor.id, start: request.grid.start, end: request.end, step: .minutes(15))
            return PanelData(
                ShownPanel(title: sensor.name, sensors: [sensor]),
                try data.series.series([query], as: .live, caller: data.caller), names: [:])
        }
        let samples = snapshot.consumptionPrice.enumerated().compactMap { index, value -> SeriesSample? in
            value.isNaN ? nil : SeriesSample(value, from: snapshot.grid.time(index), to: snapshot.grid.time(index + 1))
        }
        let line = PanelLine(
            name: sensor.map { "sensor \($0.id)" } ?? "as typed", sensor: sensor?.id ?? 0, kind: .measured,
            line: .measured, isInstant: false,
            samples: samples)
        return PanelData(
            title: sensor?.name ?? "consumption price", unit: "\(snapshot.currency)/MWh", lines: [line], isPrice: true)
    }
}
