import APIContract
import EnergyCore

/// The published description of the API and the pages that show it.
struct DocumentRoutes {
    let document: OpenAPIDocument
    let swaggerFolder: String?

    var routes: [Route] {
        let bytes = WireJSON.bytes(document.json)
        func description(_ path: String) -> Route {
            Route(
                .get, path, .publicInformation, "This description of the API", access: .anonymous,
                handler: { _ in APIAnswer(200, .written(bytes)) }
            ).hidden
        }
        return [
            description("/ui/static/openapi-specs.json"), description("/api/v3_0/openapi.json"), page, redirect,
            swaggerFile, homeRedirect,
        ]
    }

    private var redirect: Route {
        Route(
            .get, "/api/v3_0/docs", .publicInformation, "Redirect to the documentation", access: .anonymous,
            handler: { request in APIAnswer(308, .none).header("Location", "\(request.origin)/api/v3_0/docs/") }
        ).hidden
    }

    private var homeRedirect: Route {
        Route(
            .get, "/", .publicInformation, "Redirect to the documentation", access: .anonymous,
            handler: { request in APIAnswer(302, .none).header("Location", "\(request.origin)/api/v3_0/docs/") }
        ).hidden
    }

    private var page: Route {
        let plain = PlainDocumentPage(document: document).html
        let folder = swaggerFolder
        return Route(
            .get, "/api/v3_0/docs/", .publicInformation, "Documentation for reading", access: .anonymous,
            handler: { _ in
                guard let folder, LocalFiles(folder: folder).read("swagger-ui-bundle.js") != nil else {
                    return .html(plain)
                }
                return .html(SwaggerPage.html)
            }
        ).hidden
    }

    private var swaggerFile: Route {
        let folder = swaggerFolder
        return Route(
            .get, "/api/v3_0/docs/dist/{file}", .publicInformation, "Files of the documentation", access: .anonymous,
            handler: { request in
                let name = request.text("file")
                guard let folder, let bytes = LocalFiles(folder: folder).read(name) else { throw APIFailure.notFound }
                return APIAnswer(200, .other(contentType: LocalFiles.contentType(name), bytes))
                    .header("Cache-Control", "max-age=3600")
            }
        ).hidden
    }
}
