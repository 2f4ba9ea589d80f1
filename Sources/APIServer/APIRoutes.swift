import Services

/// All operations of the API.
enum APIRoutes {
    static func all(_ environment: APIEnvironment) -> [Route] {
        let services = environment.services
        let operations =
            PublicRoutes(environment).routes + [TokenRoute(services: services).route]
            + ResetPage(environment: environment).routes + AccountRoutes(services: services).routes
            + UserRoutes(services: services).routes + AssetRoutes(services: services).routes
            + AssetRecordRoutes(services: services).routes + PreferenceRoutes(services: services).routes
            + SensorRoutes(services: services).routes + JobRoutes(services: services).routes + SourceRoutes(services: services).routes
            + SensorReportRoutes(services: services).routes + DataRoutes(services: services).routes
            + [UploadRoute(services: services).route, AssetCopyRoute(services: services).route]
            + ScheduleRoutes(services: services).routes + ForecastRoutes(services: services).routes + ChartRoutes(services: services).routes + AnnotationRoutes(services: services).routes
        let described = operations + [ServiceListing.route(of: operations)]
        let document = OpenAPIDocument(
            routes: described, settings: environment.settings,
            platformName: environment.services.settings.platformName)
        return described
            + DocumentRoutes(document: document, swaggerFolder: environment.settings.swaggerFolder).routes
            + ChartPage(vegaFolder: environment.settings.vegaFolder).routes
    }
}
