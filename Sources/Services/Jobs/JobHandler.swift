import EnergyCore
import Store

/// Does the work of one kind of job.
package protocol JobHandler: Sendable {
    /// Names the kind; stored with each job.
    var kind: String { get }

    /// Does the work and returns its result, which is kept with the job. Runs on a thread of the job runner and may
    /// block it. A job may run again after a crash, so its effects must bear repetition, or wait for the end of the job
    /// (`JobContext.onFinish`). Throws `JobCancelled` (from
    /// `JobContext.checkCancellation`) when asked to stop, a `JobFailure` to say how it failed, or any other error.
    func run(_ job: JobContext) throws -> JSONValue?
}

/// A job stopped because it was asked to.
package struct JobCancelled: Error, Hashable, Sendable {
    package init() {}
}

/// How a job failed, in the words that listings and clients see.
package struct JobFailure: Error, Hashable, Sendable {
    /// Name of the kind of error, such as `UnknownPricesException`.
    package var errorClass: String
    package var message: String

    package init(errorClass: String, message: String) {
        self.errorClass = errorClass
        self.message = message
    }
}

/// What a new job is about.
package struct JobRequest: Sendable {
    /// Kind of its handler.
    package var kind: String
    /// `scheduling`, `forecasting`, ...
    package var queue: String
    package var payload: JSONObject
    /// Shown in listings.
    package var metadata = JSONObject()
    package var assetID: AssetID?
    package var sensorID: SensorID?
    /// Jobs that must be finished first.
    package var needs: [JobID] = []
    /// What makes two requests equal; nil: every request is one of its own.
    package var sameAs: JSONValue?
    /// A new job even if an equal request has one.
    package var forcesNew = false

    package init(kind: String, queue: String, payload: JSONObject) {
        self.kind = kind
        self.queue = queue
        self.payload = payload
    }
}
