import EnergyCore

/// Describes the charts of an asset: one below the other, sharing their time axis.
struct AssetChartSpec {
    private let rows: [ChartRow]
    private let query: ChartSpecQuery
    private let descriptions: [[String]]
    private let eventStart: JSONObject

    /// - Parameter describe: how legends name a sensor
    init(rows: [ChartRow], query: ChartSpecQuery, describe: (Sensor) -> String) {
        self.rows = rows
        self.query = query
        descriptions = rows.map { $0.sensors.map(describe) }
        let resolutions = rows.flatMap { $0.sensors.map(\.resolution) }.filter { $0 > .zero }
        eventStart = ChartEncoding.eventStart(step: resolutions.min() ?? .zero, window: query.window)
    }

    func json(dataset: String) -> JSONObject {
        var config = ChartEncoding.config(legendAt: "bottom")
        config["autosize"] = ["type": "fit-x", "contains": "padding"]
        config["view"] = ["continuousWidth": 800, "continuousHeight": 150]
        var spec: JSONObject = [
            "description": "A vertically concatenated chart showing sensor data.",
            "vconcat": .array(rows.indices.map { .object(row($0)) }),
            "transform": [ChartEncoding.sourceName, ChartEncoding.fullDate],
            "data": ["name": .string(dataset)],
            "config": .object(config),
            "resolve": ["scale": query.combinesLegend ? ["x": "shared"] : ["color": "independent"]],
        ]
        query.setSize(of: &spec)
        return spec
    }

    private func row(_ index: Int) -> JSONObject {
        let row = rows[index]
        let ids = row.sensors.map { JSONValue.int(Int64($0.id)) }
        var layers = [line(index)]
        if row.sensors.count == 1 { layers.append(hoverArea(index)) }
        layers.append(circles(index))
        layers.append([
            "data": ["name": "replay"], "mark": ["type": "rule"],
            "encoding": ["x": ["field": "belief_time", "type": "temporal"]],
        ])
        return [
            "title": .text(row.title?.capitalizedFirst),
            "transform": [["filter": ["field": "sensor.id", "oneOf": .array(ids)]]],
            "layer": .array(layers.map(JSONValue.object)),
            "width": "container",
        ]
    }

    private func line(_ index: Int) -> JSONObject {
        let isSmooth = rows[index].sensors.contains { $0.resolution == .zero }
        return [
            "mark": [
                "type": "line", "interpolate": isSmooth ? "linear" : "step-after", "clip": true, "strokeWidth": 2,
            ],
            "encoding": [
                "x": .object(eventStart), "y": .object(values(index)), "color": colour(index, hasLegend: true),
                "strokeDash": [
                    "scale": ["domain": ["forecaster", "scheduler", "other"], "range": [[2, 2], [4, 4], [1, 0]]],
                    "field": "source.type", "legend": ["title": "Source", "symbolSize": 100],
                ],
                "detail": [ChartEncoding.nominal("source.id", nil)],
            ],
            "selection": ChartEncoding.scroll,
            "transform": [scaling(index)],
        ]
    }

    /// An invisible layer that carries the tooltip, so that the mouse need not hit the line.
    private func hoverArea(_ index: Int) -> JSONObject {
        var condition: JSONObject = ["test": "isNaN(datum['event_value'])"]
        for (key, value) in quantity(index, "event_value", title: title(index)) { condition[key] = value }
        return [
            "mark": ["type": "rect", "y2": "height", "opacity": 0],
            "encoding": [
                "x": .object(eventStart), "y": ["condition": .object(condition), "value": 0],
                "tooltip": tooltip(index, shown: "event_value"),
            ],
        ]
    }

    private func circles(_ index: Int) -> JSONObject {
        var brushes: [JSONObject] = [brush("hover_x_brush", nearest: false)]
        if rows[index].sensors.count > 1 { brushes.append(brush("hover_nearest_brush", nearest: true)) }
        let tests = brushes.map { JSONValue.object(["param": $0["name"] ?? nil, "empty": false]) }
        return [
            "mark": ["type": "circle", "opacity": 1, "clip": true],
            "encoding": [
                "x": .object(eventStart), "y": .object(values(index)), "color": colour(index, hasLegend: false),
                "size": ["condition": ["value": "200", "test": ["or": .array(tests)]], "value": "0"],
                "tooltip": tooltip(index, shown: "scaled_event_value"),
            ],
            "params": .array(brushes.map(JSONValue.object)),
            "transform": [scaling(index)],
        ]
    }

    private func brush(_ name: String, nearest: Bool) -> JSONObject {
        var select: JSONObject = ["type": "point"]
        if !nearest { select["encodings"] = ["x"] }
        select["on"] = "mouseover"
        select["nearest"] = .bool(nearest)
        select["clear"] = "mouseout"
        return ["name": .string(name), "select": .object(select)]
    }

    private func tooltip(_ index: Int, shown field: String) -> JSONValue {
        [
            ChartEncoding.nominal("sensor.description", "Sensor"),
            .object(quantity(index, field, title: typeName(index))),
            ChartEncoding.nominal("full_date", "Time and date"),
            [
                "field": "belief_horizon", "type": "quantitative", "title": "Horizon", "format": ["d", 4],
                "formatType": "timedeltaFormat",
            ],
            .object(quantity(index, "event_value", title: typeName(index))),
            ChartEncoding.nominal("source_name_and_id", "Source"),
            ChartEncoding.nominal("source.type", "Type"),
            ChartEncoding.nominal("source.model", "Model"),
        ]
    }

    private func values(_ index: Int) -> JSONObject {
        var encoding = quantity(index, "scaled_event_value", title: title(index))
        if rows[index].unit == "%" { encoding["scale"] = ["domain": ["unionWith": [0, 105]], "zero": false] }
        return encoding
    }

    private func colour(_ index: Int, hasLegend: Bool) -> JSONValue {
        var encoding: JSONObject = [
            "field": "sensor.description", "type": "nominal", "title": "Sensor",
            "scale": ["domain": .array(descriptions[index].map(JSONValue.string))],
        ]
        if hasLegend, !query.combinesLegend {
            encoding["legend"] = ["orient": "right", "columns": 1, "direction": "vertical"]
        }
        return .object(encoding)
    }

    private func scaling(_ index: Int) -> JSONValue {
        let isScaled = rows[index].sensors.count > 1 && rows[index].unit != "a.u."
        return [
            "calculate": isScaled ? "datum.event_value * datum.scale_factor" : "datum.event_value",
            "as": "scaled_event_value",
        ]
    }

    private func quantity(_ index: Int, _ field: String, title: String) -> JSONObject {
        ChartEncoding.quantity(field, title: title, unit: unit(index))
    }

    private func unit(_ index: Int) -> String { rows[index].unit.isEmpty ? "dimensionless" : rows[index].unit }

    private func title(_ index: Int) -> String { "\(typeName(index)) (\(unit(index)))" }

    /// What a row shows: the type of its sensors, or the dimension of their unit where types differ.
    private func typeName(_ index: Int) -> String {
        let names = Set(rows[index].sensors.map(\.chartTypeName))
        let name = names.count == 1 ? names.first : Unit.dimensionWord(rows[index].unit)
        return (name ?? "value").capitalizedFirst
    }
}
