import APIContract
import EnergyCore
import Services

/// The state of any job.
struct JobRoutes {
    let services: FlexServices
    let patience: ResultPatience

    var routes: [Route] { [status] }

    /// The job that stands in for a failed one, as its result is what clients get.
    private static func effective(_ job: Job, _ services: FlexServices) throws -> Job {
        guard job.state == .failed, let id = job.metadata["fallback_job_id"]?.stringValue else { return job }
        return try services.jobs.find(id) ?? job
    }

    private var status: Route {
        Route(
            .get, "/api/v3_0/jobs/{uuid}", .jobs, "Get the status of a background job",
            access: .signedIn("read permission on the job's asset or sensor"),
            handler: { [services, patience] request in
                let id = request.text("uuid")
                do {
                    _ = try services.jobs.job(id, as: request.caller)
                    try patience.wait(for: id, services.jobs)
                    let job = try Self.effective(try services.jobs.job(id, as: request.caller), services)
                    let (code, body) = JobWire.status(job)
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
