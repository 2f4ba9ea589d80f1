import APIContract
import EnergyCore
import Services

/// Charts of assets and what they show.
struct ChartRoutes {
    let services: FlexServices

    var routes: [Route] { [chart, data, chartWithSlash, dataWithSlash, sensorData, kpis] }

    private static let path = "/api/v3_0/assets/{id}"

    private var chart: Route {
        Route(
            .get, Self.path + "/chart", .charts, "Download an embeddable chart with time series data",
            access: .signedIn("read permission on the asset"),
            handler: { [services] request in try Self.chart(request, services) }
        )
        .details("A Vega-Lite specification.")
        .pathID("Asset").periodOfChart()
        .query("include_data", .boolean, "Put the data into the specification.")
        .query("combine_legend", .boolean, "One legend below all charts.")
        .query("dataset_name", .string, "Name of the data set in the specification.")
        .query("height", .string, "Height of each chart in pixels.")
        .query("width", .string, "Width in pixels, or container.")
        .answer(200, "The specification", .anyObject).faults(at: Location.query)
    }

    private static func chart(_ request: APIRequest, _ services: FlexServices) throws -> APIAnswer {
        let id = try request.integer("id")
        try services.requireAsset(id)
        let query = try ChartSpecQuery(fields: request.query.object)
        return .json(.object(try services.charts.spec(ofAsset: id, query, as: .live, caller: request.caller)))
    }

    private var data: Route {
        Route(
            .get, Self.path + "/chart_data", .charts, "Download time series for use in charts",
            access: .signedIn("read permission on the asset"),
            handler: { [services] request in try Self.data(request, services) }
        )
        .pathID("Asset").periodOfChart()
        .query(
            "most_recent_beliefs_only", .boolean.byDefault(.bool(true)), "Only the latest belief per event and source."
        )
        .query("use_latest_version_per_event", .boolean, "Only the latest version of each source.")
        .query("compress_json", .boolean, "Short records that refer to maps of sensors and sources.")
        .answer(200, "The records", .oneOf([.list(of: .anyObject), Self.compressedSchema]))
        .faults(at: Location.query)
    }

    private static let compressedSchema = Schema.object([
        "data": .list(of: .anyObject), "sensors": .anyObject, "sources": .anyObject,
    ])

    private static func data(_ request: APIRequest, _ services: FlexServices) throws -> APIAnswer {
        let id = try request.integer("id")
        try services.requireAsset(id)
        let query = try ChartQuery(fields: request.query.object)
        let data = try services.charts.data(ofAsset: id, query, as: .live, caller: request.caller)
        return APIAnswer(200, .written(data.json(isCompressed: query.isCompressed)))
    }

    /// Outside of the versioned API, where clients made for FlexMeasures look for it.
    private var sensorData: Route {
        Route(
            .get, "/api/dev/sensor/{id}/chart_data", .charts, "Download a sensor's beliefs for use in charts",
            access: .signedIn("read permission on the sensor"),
            handler: { [services] request in
                let id = try request.integer("id")
                try services.requireSensor(id)
                let query = try ChartQuery(fields: request.query.object)
                return .json(try services.charts.records(ofSensor: id, query, caller: request.caller))
            }
        )
        .hidden.pathID("Sensor").periodOfChart().faults(at: Location.query)
    }

    private var chartWithSlash: Route { alias(of: chart) }
    private var dataWithSlash: Route { alias(of: data) }

    /// The same operation for clients that end the path with a slash.
    private func alias(of route: Route) -> Route {
        var copy = route.hidden
        copy.path += "/"
        return copy
    }

    private var kpis: Route {
        Route(
            .get, Self.path + "/kpis", .assets, "Get daily KPIs for an asset",
            access: .signedIn("read permission on the asset"),
            handler: { [services] request in
                let id = try request.integer("id")
                try services.requireAsset(id)
                let query = try KPIQuery(fields: request.query.object)
                let figures = try services.kpis.kpis(of: id, query, as: .live, caller: request.caller)
                return .json(["data": .array(figures.map { .object($0.json) })])
            }
        )
        .pathID("Asset")
        .query("start", .datetime, "Only events that start then or later.", required: true)
        .query("end", .datetime, "Only events that start before.", required: true)
        .answer(200, "The figures", Self.kpiSchema).faults(at: Location.query)
    }

    private static let kpiSchema = Schema.object([
        "data": .list(
            of: .object([
                "title": .string, "unit": .string, "sensor": .id, "downsample_value": .number.orNull,
                "downsample_function": .choice(["sum", "min", "max", "mean"]),
            ]))
    ])
}

extension Route {
    fileprivate func periodOfChart() -> Route {
        query("event_starts_after", .datetime, "Only events that start then or later.")
            .query("event_ends_before", .datetime, "Only events that end then or earlier.")
            .query("beliefs_after", .datetime, "Only what was recorded then or later.")
            .query("beliefs_before", .datetime, "Only what was recorded then or earlier.")
    }
}

extension FlexServices {
    /// Throws if there is no such asset; for operations that say so before anything else.
    func requireAsset(_ id: AssetID) throws {
        if try context.records().asset(id) == nil { throw NotFound(.asset, id) }
    }
}
