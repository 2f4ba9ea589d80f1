import EnergyCore
import Services
import TerminalKit

/// What the Graphs screen is asked for.
struct GraphsQuery: Hashable, Sendable {
    var asset: AssetID?
    var belief: BeliefHorizon
    var start: Instant
    var end: Instant
    var step: TimeSpan
}

/// The panels of an asset in a window.
struct GraphsModel: Hashable, Sendable {
    var path: [String] = []
    var panels: [PanelData] = []
    var remarks: [Remark] = []
    /// Where the nearest data are when the window has none.
    var hint = ""

    @Sendable
    static func load(_ query: GraphsQuery, _ data: ConsoleData) throws -> GraphsModel {
        let records = try data.records()
        guard let id = query.asset ?? data.sites(account: nil, records).first?.id else { return GraphsModel() }
        let asset = try data.services.context.asset(id, for: .read, data.caller)
        var model = GraphsModel()
        model.path = (records.ancestors(of: id).reversed() + [asset]).map(\.name)
        let shown = ShownPanels.panels(of: asset, data, records)
        model.panels = try Self.panels(shown, query, data, records)
        model.remarks = try data.services.annotations.remarks(
            about: asset, sensors: shown.flatMap(\.sensors).map(\.id), from: query.start, to: query.end,
            knownAt: query.belief.moment(now: data.now), as: data.caller)
        Self.addLimits(to: &model.panels, shown, asset, records)
        if model.panels.allSatisfy({ $0.lines.allSatisfy(\.samples.isEmpty) }) {
            model.hint = try nearest(shown.flatMap(\.sensors), query, data)
        }
        return model
    }

    static func panels(_ shown: [ShownPanel], _ query: GraphsQuery, _ data: ConsoleData, _ records: Directory) throws
        -> [PanelData]
    {
        var seen: Set<SensorID> = []
        let sensors = shown.flatMap(\.sensors).filter { seen.insert($0.id).inserted }
        let queries = sensors.map { SeriesQuery(sensor: $0.id, start: query.start, end: query.end, step: query.step) }
        let series = try data.series.series(queries, as: query.belief, caller: data.caller)
        let names = Dictionary(
            uniqueKeysWithValues: sensors.map { sensor in
                (sensor.id, records.asset(sensor.assetID).map { "\($0.name) \(sensor.name)" } ?? sensor.name)
            })
        return shown.map { PanelData($0, series, names: names) }
    }

    /// Capacities of the site and of stores, where they are fixed numbers.
    private static func addLimits(
        to panels: inout [PanelData], _ shown: [ShownPanel], _ asset: Asset, _ records: Directory
    ) {
        for index in panels.indices {
            guard let sensor = shown[index].sensors.first, let owner = records.asset(sensor.assetID) else { continue }
            if owner.parentID == nil, SiteFacts(owner, records).grid?.id == sensor.id {
                Self.addCapacities(to: &panels[index], of: owner, sensor)
            }
            let model = owner.flexModel?.objectValue
            let keys = Unit.isEnergy(sensor.unit) && sensor.resolution == .zero ? ["soc-min", "soc-max"] : []
            for key in keys {
                guard let quantity = SiteFacts.Quantity(model?[key]?.stringValue),
                    let value = SiteFacts.converted(quantity, to: panels[index].unit)
                else { continue }
                panels[index].limits.append(ChartLimit(value: value, label: "\(key) \(quantity.text)"))
            }
        }
    }

    /// What may flow through a site's connection. A limit that is far above all that flows would flatten the curve, so
    /// only the title names it.
    private static func addCapacities(to panel: inout PanelData, of site: Asset, _ sensor: Sensor) {
        let largest = panel.lines.flatMap(\.samples).map { max(abs($0.minimum), abs($0.maximum)) }.max() ?? 0
        let direction: Double = sensor.consumptionIsPositive ? 1 : -1
        var far: [String] = []
        for (key, word, signs) in [
            ("site-power-capacity", "limit", [1, -1]), ("site-consumption-capacity", "consumption limit", [1]),
            ("site-production-capacity", "production limit", [-1]),
        ] {
            guard let quantity = SiteFacts.Quantity(site.flexContext[key]?.stringValue),
                let value = SiteFacts.converted(quantity, to: panel.unit)
            else { continue }
            let label = "\(word) \(quantity.text)"
            for sign in signs {
                let line = value * Double(sign) * direction
                let isNear = value <= 1.5 * largest
                let isOnItsSide = panel.lines.contains { $0.samples.contains { $0.mean * line > 0 } }
                if isNear, isOnItsSide {
                    panel.limits.append(ChartLimit(value: line, label: label))
                } else if !isNear, !far.contains(label) {
                    far.append(label)
                }
            }
        }
        panel.note = far.joined(separator: ", ")
    }

    private static func nearest(_ sensors: [Sensor], _ query: GraphsQuery, _ data: ConsoleData) throws -> String {
        let queries = sensors.map {
            SeriesQuery(sensor: $0.id, start: query.start - .days(400), end: query.end + .days(400), step: .days(1))
        }
        let series = try data.series.series(queries, as: query.belief, caller: data.caller)
        let starts = series.flatMap { $0.parts.flatMap { $0.samples.map(\.start) } }
        guard !starts.isEmpty else { return "nothing is recorded yet" }
        let before = starts.filter { $0 < query.start }.max()
        let after = starts.filter { $0 >= query.end }.min()
        let zone = Zone.named(sensors.first?.timezone ?? "UTC") ?? .utc
        let format = TimeFormat(zone: zone, now: data.now)
        return [
            before.map { "the last data before are of \(format.day($0))" },
            after.map { "the next are of \(format.day($0))" },
        ]
        .compactMap { $0 }.joined(separator: ", ")
    }
}

extension SiteFacts.Quantity {
    /// `350 kW`
    var text: String { "\(NumberFormat.significant(value, digits: 6)) \(unit)" }
}
