import APIContract
import EnergyCore
import Services

/// The state of any job.
struct JobRoutes {
    let services: FlexServices

    var routes: [Route] { [status] }

    private var status: Route {
        Route(
            .get, "/api/v3_0/jobs/{uuid}", .jobs, "Get the status of a background job",
            access: .signedIn("read permission on the job's asset or sensor"),
            handler: { [services] request in
                let id = request.text("uuid")
                do {
                    let (code, body) = JobWire.status(try services.jobs.job(id, as: request.caller))
                    return .json(.object(body), status: code)
                } catch let error as NotFound {
                    return .json(
                        .object(["status": .string("ERROR"), "message": .string(error.message)]), status: 404)
                }
            }
        )
        .path("uuid", .string, "Job ID, as a trigger answered it")
        .answer(200, "Finished", JobWire.statusSchema).answer(202, "Not over yet, or cancelled", JobWire.statusSchema)
        .answer(422, "Failed", JobWire.statusSchema)
        .answer(404, "No such job", .object(["status": .string, "message": .string]))
    }
}
