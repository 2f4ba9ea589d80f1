import APIContract
import EnergyCore
import Services

/// A job as answers show it.
enum JobWire {
    /// As the jobs of an asset are listed.
    static func listed(_ job: Job, asset id: AssetID, _ records: Directory) -> JSONObject {
        let metadata = JSONValue.object(job.metadata).text(.indented)
        let sensor = job.sensorID.flatMap(records.sensor)
        let asset = records.asset(job.assetID ?? id)
        let entity =
            sensor.map { "sensor: \($0.name) (Id: \($0.id))" } ?? asset.map { "asset: \($0.name) (Id: \($0.id))" } ?? ""
        return [
            "job_id": .string(job.id), "queue": .string(job.queue),
            "asset_or_sensor_type": .string(sensor == nil ? "asset" : "sensor"), "asset_id": .int(id),
            "entity": .string(entity), "status": .string(job.state.name), "err": .text(failure(job)),
            "enqueued_at": .string(job.enqueuedAt.httpText), "metadata": .string(metadata),
            "metadata_hash": .string(SHA256Text.hash(of: metadata)),
        ]
    }

    private static func failure(_ job: Job) -> String? {
        guard job.state == .failed else { return nil }
        return "Scheduling job failed with \(job.errorClass ?? "Exception"): \(job.error ?? "")"
    }

    static let listSchema = Schema.object([
        "jobs": .list(
            of: .object([
                "job_id": .string, "queue": .string, "asset_or_sensor_type": .string, "asset_id": .id,
                "entity": .string, "status": .string, "err": .string.orNull, "enqueued_at": .string.orNull,
                "metadata": .jsonText, "metadata_hash": .string,
            ])),
        "redis_connection_err": .string.orNull, "status": .integer,
    ])

    /// The same for every kind of job.
    static func status(_ job: Job) -> (code: Int, body: JSONObject) {
        let name = job.queue.prefix(1).uppercased() + job.queue.dropFirst()
        let (code, message) = state(job, String(name))
        var body: JSONObject = [
            "status": .string(job.state.name.uppercased()), "message": .string(message),
            "result": job.result ?? .null, "origin": .string(job.queue),
        ]
        let failure = job.state == .failed ? "\(job.errorClass ?? "Exception"): \(job.error ?? "")" : nil
        let details: [(String, JSONValue)] = [
            ("func-name", .string(job.kind)), ("enqueued-at", .string(job.enqueuedAt.text(offset: 0))),
            ("started-at", .text(job.startedAt?.text(offset: 0))), ("ended-at", .text(job.endedAt?.text(offset: 0))),
            ("exc-info", .text(failure)),
        ]
        for (key, value) in details {
            body[key] = value
            body[key.replacing("-", with: "_")] = value
        }
        return (code, body)
    }

    private static func state(_ job: Job, _ name: String) -> (Int, String) {
        switch job.state {
        case .queued: (202, "\(name) job waiting to be processed.")
        case .deferred: (202, "\(name) job waiting for other jobs to be processed.")
        case .started: (202, "\(name) job in progress.")
        case .finished: (200, "\(name) job finished.")
        case .failed: (422, "\(name) job failed with \(job.errorClass ?? "Exception"): \(job.error ?? "").")
        case .canceled: (202, "\(name) job has been cancelled.")
        }
    }

    static let statusSchema = Schema.object([
        "status": .string, "message": .string, "result": .any, "origin": .string, "func-name": .string,
        "enqueued-at": .string, "started-at": .string.orNull, "ended-at": .string.orNull, "exc-info": .string.orNull,
        "func_name": .string, "enqueued_at": .string, "started_at": .string.orNull, "ended_at": .string.orNull,
        "exc_info": .string.orNull,
    ])
}
