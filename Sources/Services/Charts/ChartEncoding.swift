import EnergyCore

/// Parts of chart descriptions that several charts share.
enum ChartEncoding {
    static let fullDate: JSONValue = [
        "as": "full_date", "calculate": "timeFormat(datum.event_start, '%H:%M on %A %b %e, %Y')",
    ]
    static let sourceName: JSONValue = [
        "calculate": "datum.source.name + ' (ID: ' + datum.source.id + ')'", "as": "source_name_and_id",
    ]
    static let scroll: JSONValue = ["scroll": ["type": "interval", "bind": "scales", "encodings": ["x"]]]

    /// A field that names something.
    static func nominal(_ field: String, _ title: String?) -> JSONValue {
        ["field": .string(field), "type": "nominal", "title": .text(title)]
    }

    /// Values with their unit.
    static func quantity(_ field: String, title: String, unit: String) -> JSONObject {
        [
            "title": .string(title), "format": [".3~r", .string(unit)], "formatType": "quantityWithUnitFormat",
            "stack": nil, "field": .string(field), "type": "quantitative",
        ]
    }

    /// Event starts along the horizontal axis.
    static func eventStart(step: TimeSpan, window: JSONValue?) -> JSONObject {
        var unit: JSONObject = ["unit": "yearmonthdatehoursminutesseconds"]
        if step > .zero { unit["step"] = .double(step.inSeconds) }
        var encoding: JSONObject = [
            "field": "event_start", "type": "temporal", "title": nil,
            "axis": ["labelExpr": .string(clockLabels), "labelOverlap": true, "labelSeparation": 1],
            "timeUnit": .object(unit),
        ]
        if let window { encoding["scale"] = ["domain": window] }
        return encoding
    }

    /// Dates at midnight, else the time of day.
    private static let clockLabels =
        "(hours(datum.value) == 0 & minutes(datum.value) == 0) | seconds(datum.value) != 0"
        + " ? timeFormat(datum.value) : timeFormat(datum.value, '%H:%M')"

    /// The look of axes, titles and legend.
    static func config(legendAt orient: String) -> JSONObject {
        [
            "axis": ["titleFontSize": 16, "labelFontSize": 16],
            "axisY": ["titleAngle": 0, "titleAlign": "left", "titleY": -15, "titleX": -40],
            "title": ["fontSize": 20.0],
            "legend": [
                "titleFontSize": 16, "labelFontSize": 16, "labelLimit": nil, "orient": .string(orient), "columns": 1,
                "direction": "vertical", "symbolSize": 100, "symbolStrokeWidth": 2, "labelOffset": 4,
            ],
        ]
    }
}

extension ChartSpecQuery {
    /// The horizontal range, if both ends are given.
    var window: JSONValue? {
        guard let start = data.eventStartsAfter, let end = data.eventEndsBefore else { return nil }
        return [.double(Double(start.microseconds / 1000)), .double(Double(end.microseconds / 1000))]
    }

    /// Height and width as they were asked for.
    func setSize(of spec: inout JSONObject) {
        spec["height"] = height.map(JSONValue.string) ?? 300
        spec["width"] = .string(width ?? "container")
    }
}

extension Sensor {
    /// What a sensor measures, as axes call it: its attribute `sensor_type`, or its name.
    var chartTypeName: String { attributes["sensor_type"]?.stringValue ?? name }
    var chartUnit: String { unit.isEmpty ? "a.u." : unit }
}

extension String {
    /// With a capital first letter, the rest as it is.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
