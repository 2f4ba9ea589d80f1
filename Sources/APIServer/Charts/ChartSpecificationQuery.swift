import APIContract
import EnergyCore
import Services

/// How a chart is asked for.
struct ChartSpecificationQuery {
    /// Which data it shows.
    let data: ChartQuery
    let includesData: Bool
    let combinesLegend: Bool
    let datasetName: String?
    let height: JSONValue
    let width: JSONValue

    private static let types = ["chart_for_multiple_sensors", "chart_for_chargepoint_sessions"]

    init(fields: JSONObject) throws {
        var reader = FieldReader(fields)
        do {
            data = try ChartQuery(fields: fields)
        } catch {
            data = ChartQuery()
            reader.merge(error)
        }
        includesData = reader.boolean("include_data") ?? false
        combinesLegend = reader.boolean("combine_legend") ?? true
        datasetName = reader.string("dataset_name")
        height = Self.size(reader.string("height"), otherwise: 300)
        width = Self.size(reader.string("width"), otherwise: "container")
        _ = reader.choice("chart_type", of: Self.types)
        try reader.check(Location.query)
    }

    /// Both ends of the time axis, if both are known.
    var domain: [Instant]? {
        guard let start = data.eventStartsAfter, let end = data.eventEndsBefore else { return nil }
        return [start, end]
    }

    /// Pixels, or the width of what surrounds the chart.
    private static func size(_ text: String?, otherwise: JSONValue) -> JSONValue {
        guard let text, !text.isEmpty else { return otherwise }
        return Int(text).map { .int(Int64($0)) } ?? (text == "container" ? "container" : otherwise)
    }
}
