import EnergyCore

/// What is asked of a sensor's data: a window, a unit, and which beliefs count.
package struct DataQuery: Hashable, Sendable {
    package var start: AwareDateTime
    package var duration: ISODuration
    /// Unit of the answer.
    package var unit: String
    /// Step of the answer; nil: the sensor's own, or one that suits the window for instantaneous sensors.
    package var resolution: TimeSpan?
    /// Only beliefs formed by then.
    package var prior: Instant?
    /// Only beliefs formed at least so long before their event could be known.
    package var horizon: TimeSpan?
    package var source: DataSourceID?
    /// Only sources of these types.
    package var sourceTypes: Set<String>?
    /// Only sources of users of this account.
    /// Only sources of none of these types.
    package var excludedSourceTypes: Set<String> = []
    package var sourceAccount: AccountID?
    package var type = MessageType.sensorData

    package init(start: AwareDateTime, duration: ISODuration, unit: String) {
        self.start = start
        self.duration = duration
        self.unit = unit
    }

    /// Reads the fields of a request, in the names and words of the API.
    package init(fields: JSONObject) throws(FieldErrors) {
        var form = FieldForm(fields)
        let start = form.datetime("start", required: true)
        let duration = form.duration("duration", required: true)
        let unit = form.text("unit", required: true).value
        let resolution = form.span("resolution")
        if let resolution, resolution < .zero { form.refuse("resolution", DataText.negativeResolution) }
        let prior = form.datetime("prior")?.instant
        let horizon = form.span("horizon")
        let source = form.integer("source").value
        let sourceType = form.text("source-type").value
        let sourceAccount = form.integer("source-account").value
        let type = form.messageType(prefix: "Get", of: MessageType.ofQueries)
        form.refuseUnknown()
        try form.errors.throwIfAny()
        guard let start, let duration, let unit else { throw form.errors }
        self.init(start: start, duration: duration, unit: unit)
        self.resolution = resolution
        self.prior = prior
        self.horizon = horizon
        self.source = source
        sourceTypes = sourceType.map { [$0] }
        self.sourceAccount = sourceAccount
        self.type = type ?? .sensorData
    }
}

/// Values in equal steps.
package struct DataAnswer: Sendable {
    /// As the query wrote it.
    package var start: AwareDateTime
    /// Elapsed time of the window.
    package var duration: TimeSpan
    /// Zero for instantaneous sensors.
    package var resolution: TimeSpan
    package var unit: String
    /// One per step, "not a number" where nothing is known.
    package var values: [Double]
    let window: SeriesWindow

    /// Where the steps start, one per value.
    package var starts: [Instant] { window.stepStarts }
}

/// Texts about data that more than one use case needs.
enum DataText {
    static let negativeResolution = "The resolution must be longer than nothing."
    static let tooMuch = "The window holds too much data; choose a shorter one."
    static let tooLong = "The window has too many steps."
}
