import APIContract
import EnergyCore

/// How a schedule is asked for.
struct ScheduleQuery {
    /// Which way power counts as positive.
    enum SignConvention: String, CaseIterable {
        case consumptionPositive = "consumption-positive"
        case productionPositive = "production-positive"
        /// As the values are stored.
        case asStored = "wysiwyg"
    }

    private static let usualDuration = TimeSpan.hours(6)

    let duration: TimeSpan
    /// nil: the sensor's.
    let unit: String?
    let sign: SignConvention

    init(_ reader: FieldReader) throws {
        var reader = reader
        duration = reader.span("duration") ?? Self.usualDuration
        if duration <= .zero { reader.refuse("duration", "Must be greater than 0.") }
        unit = reader.string("unit")
        let name = reader.has("sign_convention") ? "sign_convention" : "sign-convention"
        sign =
            reader.choice(name, of: SignConvention.allCases.map(\.rawValue)).flatMap(SignConvention.init)
            ?? .consumptionPositive
        try reader.check(Location.argumentsAndJSON)
    }
}
