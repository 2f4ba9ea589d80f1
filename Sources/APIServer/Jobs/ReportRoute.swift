import APIContract
import EnergyCore
import Services

/// `POST /api/v3_0/assets/{id}/reports/trigger`
struct ReportRoute {
    let services: FlexServices

    var route: Route {
        Route(
            .post, "/api/v3_0/assets/{id}/reports/trigger", .jobs, "Trigger a job that computes series from others",
            access: .signedIn("read permission on the asset and all inputs, create-children permission on all outputs"),
            handler: { [services] request in
                let id = try request.integer("id")
                let fields = try request.bodyReader().fields
                try services.requireAsset(id)
                let job = try services.reports.trigger(fields, for: id, as: request.caller)
                return .json(
                    [
                        "status": "ACCEPTED", "job": .string(job), "message": .string(Sentences.processed),
                        "job-url": .string("\(request.origin)/api/v3_0/jobs/\(job)"),
                    ], status: 202)
            }
        )
        .details("AggregatorReporter adds up weighted inputs; PandasReporter runs transformations of named series.")
        .pathID("Asset").json(.object(["reporter": .string, "parameters": .anyObject, "config?": .anyObject]))
        .answer(202, "The job", .object(["status": .string, "job": .string, "message": .string, "job-url": .string]))
        .missingSensor(.field(Location.json, Location.schema)).quota(.trigger)
    }
}
