import Services

/// All operations of the API.
enum APIRoutes {
    static func all(_ environment: APIEnvironment) -> [Route] {
        let operations = general(environment) + records(environment.services) + data(environment) + work(environment)
        let described = operations + [ServiceListing.route(of: operations)]
        let document = OpenAPIDocument(
            routes: described, settings: environment.settings,
            platformName: environment.services.settings.platformName)
        return described
            + DocumentRoutes(document: document, swaggerFolder: environment.settings.swaggerFolder).routes
            + ChartPage(vegaFolder: environment.settings.vegaFolder).routes
    }

    private static func general(_ environment: APIEnvironment) -> [Route] {
        PublicRoutes(environment).routes + [TokenRoute(services: environment.services).route]
            + ResetPage(environment: environment).routes
    }

    private static func records(_ services: FlexServices) -> [Route] {
        AccountRoutes(services: services).routes + UserRoutes(services: services).routes
            + AssetRoutes(services: services).routes + AssetRecordRoutes(services: services).routes
            + [AssetCopyRoute(services: services).route] + PreferenceRoutes(services: services).routes
            + SensorRoutes(services: services).routes + SourceRoutes(services: services).routes
            + AnnotationRoutes(services: services).routes
    }

    private static func data(_ environment: APIEnvironment) -> [Route] {
        let services = environment.services
        return DataRoutes(services: services).routes + [UploadRoute(services: services).route]
            + SensorReportRoutes(services: services).routes + ChartRoutes(services: services).routes
    }

    private static func work(_ environment: APIEnvironment) -> [Route] {
        let (services, patience) = (environment.services, environment.patience)
        return ScheduleRoutes(services: services, patience: patience).routes
            + ForecastRoutes(services: services, patience: patience).routes
            + JobRoutes(services: services, patience: patience).routes + [ReportRoute(services: services).route]
    }
}
