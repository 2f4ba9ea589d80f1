import EnergyCore

/// A random UUID as text.
package typealias JobID = String

/// Where a job is in its life. Raw values are stored; never reuse one.
package enum JobState: Int, CaseIterable, Hashable, Sendable {
    case queued = 0
    /// Waits for other jobs.
    case deferred = 1
    case started = 2
    case finished = 3
    case failed = 4
    case canceled = 5

    /// The word for it on the wire.
    package var name: String {
        switch self {
        case .queued: "queued"
        case .deferred: "deferred"
        case .started: "started"
        case .finished: "finished"
        case .failed: "failed"
        case .canceled: "canceled"
        }
    }

    /// Nothing will change any more.
    package var isOver: Bool { self == .finished || self == .failed || self == .canceled }
}

/// A piece of background work, its state and, once it is over, its result.
package struct Job: Hashable, Sendable {
    /// Order of arrival; 0: not stored yet.
    package var number = 0
    /// A random UUID.
    package var id: JobID
    /// Names the handler that runs it.
    package var kind: String
    /// `scheduling`, `forecasting`, ...: what listings group by.
    package var queue: String
    package var state = JobState.queued
    /// What the handler needs to know.
    package var payload: JSONObject
    /// What listings show about it; the handler may add to it.
    package var metadata = JSONObject()
    package var result: JSONValue?
    /// Name of the error that ended it.
    package var errorClass: String?
    package var error: String?
    package var assetID: AssetID?
    package var sensorID: SensorID?
    /// Who asked for it.
    package var userID: UserID?
    /// Equal for equal requests.
    package var requestHash: [UInt8]?
    package var enqueuedAt: Instant
    package var startedAt: Instant?
    package var endedAt: Instant?
    /// 0 to 1
    package var progress = 0.0
    package var progressText = ""
    /// How often it was started.
    package var attempts = 0
    /// The process and worker that has it, and until when it is believed to be alive.
    package var owner: String?
    package var lease: Instant?
    package var cancelRequested = false

    package init(id: JobID, kind: String, queue: String, payload: JSONObject, enqueuedAt: Instant) {
        self.id = id
        self.kind = kind
        self.queue = queue
        self.payload = payload
        self.enqueuedAt = enqueuedAt
    }
}

/// How a job ended.
package enum JobOutcome: Hashable, Sendable {
    case finished(result: JSONValue?)
    case failed(errorClass: String, message: String)
    case canceled
}
