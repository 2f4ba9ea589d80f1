import EnergyCore
import Store

/// Reports: series that are computed from others, once, in the background.
package struct ReportService: Sendable {
    let context: ServiceContext
    let jobs: JobService

    init(context: ServiceContext, jobs: JobService, data: DataService, sources: SourceService) {
        self.context = context
        self.jobs = jobs
        jobs.register(ReportJob(context: context, data: data, sources: sources))
    }

    /// Checks a request and puts a job into the queue. All outputs must belong to the asset or its descendants.
    package func trigger(_ fields: JSONObject, for asset: AssetID, as caller: Caller) throws -> JobID {
        let records = try context.records()
        let plan = try ReportPlan(fields, records: records)
        _ = try context.asset(asset, for: .read, caller)
        for input in plan.inputs { _ = try context.sensor(input.sensor.id, for: .read, caller) }
        let family = Set(records.tree(from: asset).map(\.id))
        for (index, output) in plan.outputs.enumerated() {
            _ = try context.sensor(output.sensor.id, for: .createChildren, caller)
            if !family.contains(output.sensor.assetID) {
                let text = "Sensor \(output.sensor.id) does not belong to asset \(asset) (or to one of its offspring)"
                throw FieldErrors(["parameters", "output", "\(index)", "sensor"], text)
            }
        }
        var job = JobRequest(kind: ReportJob.kind, queue: "reporting", payload: fields)
        job.assetID = asset
        job.metadata["reporter"] = .string(plan.reporter)
        return try jobs.enqueue(job, as: caller).id
    }
}
