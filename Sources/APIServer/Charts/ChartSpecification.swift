import APIContract
import EnergyCore
import Services

/// A chart of an asset as a Vega-Lite 5 specification: one row per entry of what the asset shows, with a shared time
/// axis. It needs no extension of Vega, so that any page can embed it.
struct ChartSpecification {
    let query: ChartSpecificationQuery
    let rows: [ChartRow]
    /// What each sensor is called in the data.
    let names: [SensorID: String]
    let datasetName: String
    /// Records to embed, as JSON; nil: the page brings them.
    let records: [UInt8]?

    private static let schemaAddress = "https://vega.github.io/schema/vega-lite/v5.json"

    /// The specification as JSON.
    var bytes: [UInt8] {
        var specification = head
        specification["vconcat"] = .array(rows.map { .object(row($0)) })
        guard let records else { return WireJSON.bytes(.object(specification)) }
        // The records are written already; they go in as they are.
        var bytes = WireJSON.bytes(.object(specification))
        bytes.removeLast()
        bytes += Array(",\"datasets\":{".utf8) + WireJSON.bytes(.string(datasetName)) + [UInt8(ascii: ":")]
        return bytes + records + Array("}}".utf8)
    }

    private var head: JSONObject {
        [
            "$schema": .string(Self.schemaAddress), "data": ["name": .string(datasetName)],
            "description": "A vertically concatenated chart showing sensor data.",
            "width": query.width, "height": query.height,
            "config": .object(Self.configuration),
            "resolve": [
                "scale": query.combinesLegend ? ["x": "shared"] : ["x": "shared", "color": "independent"]
            ],
            "transform": [
                ["calculate": "datum.source.name + ' (ID: ' + datum.source.id + ')'", "as": "source_name_and_id"],
                ["calculate": "timeFormat(datum.event_start, '%H:%M on %A %b %e, %Y')", "as": "full_date"],
            ],
        ]
    }

    private static let configuration: JSONObject = [
        "axis": ["titleFontSize": 16, "labelFontSize": 16], "title": ["fontSize": 20],
        "axisY": ["titleAngle": 0, "titleAlign": "left", "titleY": -15, "titleX": -40],
        "legend": [
            "titleFontSize": 16, "labelFontSize": 16, "labelLimit": nil, "orient": "bottom", "columns": 1,
            "direction": "vertical", "symbolSize": 100, "symbolStrokeWidth": 2, "labelOffset": 4,
        ],
        "view": ["continuousWidth": 800, "continuousHeight": 150],
        "autosize": ["type": "fit-x", "contains": "padding"],
    ]

    private func row(_ row: ChartRow) -> JSONObject {
        let ids = row.sensors.map { JSONValue.int($0.id) }
        var layers = [line(row)]
        if row.sensors.count == 1 { layers.append(hoverArea(row)) }
        layers.append(points(row))
        return [
            "title": .text(row.title.map { $0.prefix(1).uppercased() + $0.dropFirst() }), "width": query.width,
            "height": query.height,
            "transform": [
                ["filter": ["field": "sensor.id", "oneOf": .array(ids)]],
                [
                    "calculate": .string("datum.event_value" + (row.sensors.count > 1 ? " * datum.scale_factor" : "")),
                    "as": "scaled_event_value",
                ],
            ],
            "layer": .array(layers),
        ]
    }

    private func line(_ row: ChartRow) -> JSONValue {
        let isInstantaneous = row.sensors.contains { $0.resolution == .zero }
        let id = row.sensors.first?.id ?? 0
        return [
            "mark": [
                "type": "line", "interpolate": .string(isInstantaneous ? "linear" : "step-after"), "clip": true,
                "strokeWidth": 2,
            ],
            "params": [["name": .string("scroll\(id)"), "select": ["type": "interval", "encodings": ["x"]], "bind": "scales"]],
            "encoding": [
                "x": x(row), "y": y(row), "color": color(row),
                "strokeDash": [
                    "field": "source.type", "type": "nominal",
                    "scale": ["domain": ["forecaster", "scheduler", "other"], "range": [[2, 2], [4, 4], [1, 0]]],
                    "legend": ["title": "Source", "symbolSize": 100],
                ],
                "detail": [["field": "source.id", "type": "nominal"]],
            ],
        ]
    }

    /// An invisible area as high as the chart, that shows values wherever the pointer is.
    private func hoverArea(_ row: ChartRow) -> JSONValue {
        [
            "mark": ["type": "rect", "opacity": 0, "clip": true],
            "encoding": ["x": x(row), "tooltip": tooltip(row)],
        ]
    }

    private func points(_ row: ChartRow) -> JSONValue {
        let name = "hover\(row.sensors.first?.id ?? 0)"
        return [
            "mark": ["type": "circle", "opacity": 1, "clip": true],
            "params": [
                [
                    "name": .string(name),
                    "select": ["type": "point", "on": "mouseover", "nearest": true, "clear": "mouseout"],
                ]
            ],
            "encoding": [
                "x": x(row), "y": y(row), "color": color(row),
                "size": ["condition": ["param": .string(name), "empty": false, "value": 200], "value": 0],
                "tooltip": tooltip(row),
            ],
        ]
    }

    private func x(_ row: ChartRow) -> JSONValue {
        var x: JSONObject = [
            "field": "event_start", "type": "temporal", "title": nil,
            "axis": ["labelOverlap": true, "labelSeparation": 1],
        ]
        let steps = row.sensors.map(\.resolution).filter { $0 > .zero }
        if let step = steps.min() {
            x["timeUnit"] = ["unit": "yearmonthdatehoursminutesseconds", "step": .double(step.inSeconds)]
        }
        if let domain = query.domain {
            x["scale"] = ["domain": .array(domain.map { .int($0.microseconds / 1000) })]
        }
        return .object(x)
    }

    private func y(_ row: ChartRow) -> JSONValue {
        var y: JSONObject = [
            "field": "scaled_event_value", "type": "quantitative", "stack": nil,
            "title": .string("\(quantity(row)) (\(row.unit.isEmpty ? "dimensionless" : row.unit))"),
            "axis": ["format": ".3~r"],
        ]
        if row.unit == "%" { y["scale"] = ["domain": ["unionWith": [0, 105]], "nice": false] }
        return .object(y)
    }

    private func color(_ row: ChartRow) -> JSONValue {
        var color: JSONObject = [
            "field": "sensor.description", "type": "nominal", "title": "Sensor",
            "scale": ["domain": .array(row.sensors.map { .string(names[$0.id] ?? $0.name) })],
        ]
        if !query.combinesLegend { color["legend"] = ["orient": "right", "columns": 1, "direction": "vertical"] }
        return .object(color)
    }

    private func tooltip(_ row: ChartRow) -> JSONValue {
        [
            ["field": "sensor.description", "type": "nominal", "title": "Sensor"],
            ["field": "scaled_event_value", "type": "quantitative", "format": ".3~r", "title": .string("\(quantity(row)) (\(row.unit))")],
            ["field": "full_date", "type": "nominal", "title": "Time and date"],
            ["field": "source_name_and_id", "type": "nominal", "title": "Source"],
            ["field": "source.type", "type": "nominal", "title": "Type"],
            ["field": "source.model", "type": "nominal", "title": "Model"],
        ]
    }

    /// What the row is about: the name all its sensors share, or the word for what their unit measures.
    private func quantity(_ row: ChartRow) -> String {
        let kinds = Set(row.sensors.map { $0.attributes["sensor_type"]?.stringValue ?? $0.name })
        let word = kinds.count == 1 ? kinds.first : Unit.dimensionWord(row.unit)
        guard let word else { return "Value" }
        return word.prefix(1).uppercased() + word.dropFirst()
    }
}
