import EnergyCore

/// Describes a chart of one sensor.
struct SensorChartSpec {
    enum Kind: String, CaseIterable {
        case bars = "bar_chart"
        case histogram
        case days = "daily_heatmap"
        case weeks = "weekly_heatmap"
    }

    let kind: Kind
    let sensor: Sensor
    let query: ChartSpecQuery

    func json(dataset: String) -> JSONObject {
        var spec: JSONObject = [
            "data": ["name": .string(dataset)],
            "layer": .array(layers.map(JSONValue.object)),
            "description": description,
            "config": .object(ChartEncoding.config(legendAt: kind == .bars ? "bottom" : "right")),
            "transform": [ChartEncoding.fullDate],
            "title": .text(sensor.name == sensor.chartTypeName ? nil : sensor.name.capitalizedFirst),
        ]
        query.setSize(of: &spec)
        return spec
    }

    private var description: JSONValue {
        switch kind {
        case .bars: ["A simple bar chart showing sensor data."]
        case .histogram: "A histogram showing the distribution of sensor data."
        case .days: "A daily heatmap showing sensor data."
        case .weeks: "A weekly heatmap showing sensor data."
        }
    }

    private var layers: [JSONObject] {
        switch kind {
        case .bars: [bars, replay(["x": ["field": "belief_time", "type": "temporal"]])]
        case .histogram:
            [histogram, replay(["detail": ["field": "belief_time", "type": "temporal", "title": nil]])]
        case .days: HeatmapSpec(sensor: sensor, query: query, isWeekly: false).layers
        case .weeks: HeatmapSpec(sensor: sensor, query: query, isWeekly: true).layers
        }
    }

    private func replay(_ encoding: JSONValue) -> JSONObject {
        ["data": ["name": "replay"], "mark": ["type": "rule"], "encoding": encoding]
    }

    private var bars: JSONObject {
        let date = ChartEncoding.nominal("full_date", "Time and date")
        var encoding: JSONObject = [
            "x": .object(ChartEncoding.eventStart(step: sensor.resolution, window: query.window)),
            "y": .object(quantity(title: "\(sensor.chartTypeName.capitalizedFirst) (\(sensor.chartUnit))")),
        ]
        appendSources(to: &encoding, firstTip: date)
        return layer(encoding)
    }

    private var histogram: JSONObject {
        var values = quantity(title: "\(sensor.chartTypeName.capitalizedFirst) (\(sensor.chartUnit))")
        values["bin"] = true
        var encoding: JSONObject = ["x": .object(values), "y": ["aggregate": "count", "title": "Count"]]
        appendSources(to: &encoding, firstTip: nil)
        return layer(encoding)
    }

    private func layer(_ encoding: JSONObject) -> JSONObject {
        [
            "mark": .object(mark), "encoding": .object(encoding), "transform": [ChartEncoding.sourceName],
            "selection": ChartEncoding.scroll,
        ]
    }

    private var mark: JSONObject {
        if sensor.resolution == .zero, let interpolation = sensor.attributes["interpolate"] {
            return ["type": "area", "interpolate": interpolation, "clip": true]
        }
        return ["type": "bar", "interpolate": nil, "clip": true, "width": ["band": 0.999]]
    }

    /// Colours by source; a value of zero, which has no area, shows as a line.
    private func appendSources(to encoding: inout JSONObject, firstTip: JSONValue?) {
        let isZero: JSONValue = "datum.event_value === 0"
        encoding["stroke"] = ["condition": ["test": isZero, "field": "source.name"], "value": nil]
        encoding["strokeWidth"] = ["condition": ["test": isZero, "value": 2], "value": 0]
        encoding["color"] = ChartEncoding.nominal("source.name", "Source")
        encoding["detail"] = ChartEncoding.nominal("source.id", nil)
        encoding["opacity"] = ["value": 0.7]
        encoding["tooltip"] = [
            firstTip ?? .null, .object(quantity(title: sensor.chartTypeName.capitalizedFirst)),
            ChartEncoding.nominal("source_name_and_id", "Source"), ChartEncoding.nominal("source.model", "Model"),
        ]
    }

    private func quantity(title: String) -> JSONObject {
        ChartEncoding.quantity("event_value", title: title, unit: sensor.chartUnit)
    }
}
