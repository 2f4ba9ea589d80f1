import EnergyCore

/// How a chart for web clients shall look.
package struct ChartSpecQuery: Hashable, Sendable {
    /// The window and the beliefs that embedded data are about.
    package var data = ChartQuery()
    package var includesData = false
    package var combinesLegend = true
    /// nil: `asset_5` or `sensor_7`.
    package var datasetName: String?
    /// In pixels; nil: 300.
    package var height: String?
    /// In pixels; nil: as wide as there is room.
    package var width: String?
    package var chartType: String?

    package init() {}

    /// Reads the fields of a request, in the names and words of the API. Other fields are none of its business.
    package init(fields: JSONObject) throws(FieldErrors) {
        var form = FieldForm(fields)
        do {
            data = try ChartQuery(fields: fields)
        } catch {
            form.merge(error)
        }
        includesData = form.truth("include_data").value ?? false
        combinesLegend = form.truth("combine_legend").value ?? true
        datasetName = form.text("dataset_name").value
        height = form.text("height").value
        width = form.text("width").value
        chartType = form.text("chart_type").value
        try form.errors.throwIfAny()
    }
}

extension ChartService {
    private static let assetTypes = ["chart_for_multiple_sensors", "chart_for_chargepoint_sessions"]

    /// The description of an asset's charts for web clients, in the language of Vega-Lite.
    package func spec(
        ofAsset id: AssetID, _ query: ChartSpecQuery, as horizon: BeliefHorizon, caller: Caller
    ) throws -> JSONObject {
        let asset = try context.asset(id, for: .read, caller)
        let type = query.chartType ?? Self.assetTypes[0]
        guard Self.assetTypes.contains(type) else {
            throw FieldErrors("chart_type", FieldText.oneOf(Self.assetTypes))
        }
        let hasWindow = query.data.eventStartsAfter != nil && query.data.eventEndsBefore != nil
        if type == Self.assetTypes[1], !hasWindow {
            throw FieldErrors("event_starts_after", FieldText.missing)
        }
        let rows = try context.chartRows(of: asset)
        let records = try context.records()
        let dataset = query.datasetName ?? "asset_\(id)"
        var spec = AssetChartSpec(rows: rows, query: query) { records.chartDescription(of: $0) }.json(dataset: dataset)
        if query.includesData {
            let found = try data(ofAsset: id, query.data, as: horizon, caller: caller)
            spec["datasets"] = .object([dataset: try JSONValue(parsing: found.json(isCompressed: false))])
        }
        return spec
    }

    /// The description of a sensor's chart for web clients, in the language of Vega-Lite.
    package func spec(ofSensor id: SensorID, _ query: ChartSpecQuery, caller: Caller) throws -> JSONObject {
        let sensor = try context.sensor(id, for: .read, caller)
        let name = query.chartType ?? SensorChartSpec.Kind.bars.rawValue
        guard let kind = SensorChartSpec.Kind(rawValue: name) else {
            throw FieldErrors("chart_type", FieldText.oneOf(SensorChartSpec.Kind.allCases.map(\.rawValue)))
        }
        return SensorChartSpec(kind: kind, sensor: sensor, query: query)
            .json(dataset: query.datasetName ?? "sensor_\(id)")
    }
}
