import EnergyCore

/// Describes values as colours over days or weeks: time within the period from left to right, periods downwards.
///
/// The hour that a clock change doubles is drawn in a layer of its own, half a period high.
struct HeatmapSpec {
    let sensor: Sensor
    let query: ChartSpecQuery
    let isWeekly: Bool

    var layers: [JSONObject] { [cells, replay, doubledHour] }

    private var days: String { isWeekly ? "7 * " : "" }
    private var timeInPeriod: String { isWeekly ? "dayhoursminutesseconds" : "hoursminutesseconds" }
    private var period: String { isWeekly ? "yearweek" : "yearmonthdate" }
    /// Height of a period in pixels.
    private var height: String { "(scale('y', \(days)24 * 60 * 60 * 1000) - scale('y', 0))" }

    private var cells: JSONObject {
        var rows: JSONObject = [
            "field": "event_start", "type": "temporal", "title": nil, "timeUnit": ["unit": .string(period)],
            "axis": [
                "tickCount": isWeekly ? "week" : "day", "labelOffset": ["expr": .string("\(height) / 2")],
                "labelFlush": false, "labelBound": true,
            ],
        ]
        if let window = query.window { rows["scale"] = ["domain": window] }
        return [
            "mark": ["type": "rect", "clip": true, "opacity": 0.7],
            "encoding": [
                "x": columns, "y": .object(rows), "color": .object(colour(titled: title)),
                "detail": ChartEncoding.nominal("source.id", nil), "tooltip": .array(tooltip),
            ],
            "transform": .array([["filter": .string(isSingleHour)], ChartEncoding.sourceName] + busiestSource),
        ]
    }

    private var columns: JSONValue {
        var axis: JSONObject = [:]
        if isWeekly {
            axis["tickCount"] = "day"
            axis["labelBound"] = true
            axis["labelExpr"] = "timeFormat(datum.value, '%A')"
            axis["labelFlush"] = false
            axis["labelOffset"] = ["expr": "(scale('x', 24 * 60 * 60 * 1000) - scale('x', 0)) / 2"]
        } else {
            axis["labelExpr"] = "timeFormat(datum.value, '%H:%M')"
            axis["labelFlush"] = false
        }
        axis["labelOverlap"] = true
        axis["labelSeparation"] = 1
        return [
            "field": "event_start", "type": "temporal", "title": nil,
            "timeUnit": ["unit": .string(timeInPeriod), "step": .double(sensor.resolution.inSeconds)],
            "axis": .object(axis),
            "scale": ["domain": [["hours": 0], ["hours": isWeekly ? 168 : 24]]],
        ]
    }

    private var replay: JSONObject {
        [
            "data": ["name": "replay"], "mark": ["type": "rule"],
            "encoding": [
                "x": ["field": "belief_time", "type": "temporal", "timeUnit": .string(timeInPeriod)],
                "y": ["field": "belief_time", "type": "temporal", "timeUnit": .string(period)],
                "yOffset": ["value": ["expr": .string(height)]],
            ],
        ]
    }

    private var doubledHour: JSONObject {
        let unit: JSONValue = ["unit": "yearmonthdatehours", "step": isWeekly ? 84 : 12]
        let zone: JSONValue = [
            "field": "event_start", "type": "temporal", "title": "Timezone", "timeUnit": "utc",
            "format": [.string(sensor.timezone)], "formatType": "timezoneFormat",
        ]
        return [
            "mark": ["type": "rect", "clip": true, "opacity": 0.7],
            "encoding": [
                "x": columns,
                "y": ["field": "dst_transition_event_start", "type": "temporal", "title": nil, "timeUnit": unit],
                "y2": ["field": "dst_transition_event_start_next", "timeUnit": unit],
                "color": .object(colour(titled: title)), "detail": ChartEncoding.nominal("source.id", nil),
                "tooltip": .array([zone] + tooltip),
            ],
            "transform": [
                ["filter": .string(isDoubledHour)],
                [
                    "calculate": .string(
                        "timezoneoffset(datum.event_start + 60 * 60 * 1000) > timezoneoffset(datum.event_start)"
                            + " ? datum.event_start : datum.event_start + \(days)12 * 60 * 60 * 1000"),
                    "as": "dst_transition_event_start",
                ],
                [
                    "calculate": .string(
                        "datum.dst_transition_event_start + \(days)12 * 60 * 60 * 1000 - 60 * 60 * 1000"),
                    "as": "dst_transition_event_start_next",
                ],
                ChartEncoding.sourceName,
            ],
        ]
    }

    private var isSingleHour: String {
        "timezoneoffset(datum.event_start) >= timezoneoffset(datum.event_start + 60 * 60 * 1000)"
            + " && timezoneoffset(datum.event_start) <= timezoneoffset(datum.event_start - 60 * 60 * 1000)"
    }

    private var isDoubledHour: String {
        "timezoneoffset(datum.event_start) < timezoneoffset(datum.event_start + 60 * 60 * 1000)"
            + " || timezoneoffset(datum.event_start) > timezoneoffset(datum.event_start - 60 * 60 * 1000)"
    }

    /// Keeps the source with most data, for colours of two sources cannot lie upon each other.
    private var busiestSource: [JSONValue] {
        [
            ["joinaggregate": [["op": "count", "as": "source_count"]], "groupby": ["source.id"]],
            [
                "window": [["op": "rank", "field": "source_count", "as": "source_rank"]],
                "sort": [["field": "source_count", "order": "descending"]], "frame": [nil, nil],
            ],
            ["filter": "datum.source_rank == 1"],
            ["window": [["op": "first_value", "field": "source.id", "as": "first_source_id"]]],
            ["filter": "datum.source.id == datum.first_source_id"],
        ]
    }

    private var title: String { "\(sensor.chartTypeName.capitalizedFirst) (\(sensor.chartUnit))" }

    private func colour(titled title: String) -> JSONObject {
        var encoding = ChartEncoding.quantity("event_value", title: title, unit: sensor.chartUnit)
        encoding["scale"] = ["scheme": "blueorange", "domainMid": 0, "domain": ["unionWith": [0]]]
        return encoding
    }

    private var tooltip: [JSONValue] {
        [
            ChartEncoding.nominal("full_date", "Time and date"),
            .object(colour(titled: sensor.chartTypeName.capitalizedFirst)),
            ChartEncoding.nominal("source_name_and_id", "Source"), ChartEncoding.nominal("source.model", "Model"),
        ]
    }
}
