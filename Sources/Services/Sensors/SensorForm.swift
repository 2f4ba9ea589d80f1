import EnergyCore
import Store

/// Reads the fields of a new or changed sensor and checks them against what is stored.
struct SensorForm {
    let records: Directory
    /// Zone of sensors that name none.
    let defaultTimezone: String
    /// The sensor that is changed; nil: a new one.
    let original: Sensor?
    private var form: FieldForm

    private static let longestName = 120

    init(_ fields: JSONObject, original: Sensor?, records: Directory, defaultTimezone: String) {
        self.records = records
        self.defaultTimezone = defaultTimezone
        self.original = original
        form = FieldForm(fields)
    }

    /// The sensor that the fields describe, without a look at other sensors. Throws all faults at once.
    mutating func sensor() throws(FieldErrors) -> Sensor {
        var sensor =
            original
            ?? Sensor(id: 0, name: "", assetID: 0, unit: "", resolution: .zero, timezone: defaultTimezone)
        let isNew = original == nil
        if case .value(let name) = form.text("name", required: isNew, longest: Self.longestName) {
            if name.isEmpty { form.refuse("name", FieldText.tooShort(1)) }
            sensor.name = name
        }
        if case .value(let unit) = form.text("unit", required: isNew, longest: 80) {
            if unit.isEmpty || !Unit.isValid(unit) { form.refuse("unit", "Unit '\(unit)' cannot be handled.") }
            sensor.unit = unit
        }
        readResolution(into: &sensor)
        if case .value(let zone) = form.text("timezone") {
            if !TimezoneName.isKnown(zone) {
                form.refuse("timezone", TimezoneName.refusal(of: zone, example: defaultTimezone))
            }
            sensor.timezone = zone
        }
        if case .value(let attributes) = form.jsonObject("attributes") { sensor.attributes = attributes }
        if isNew, case .value(let id) = form.integer("generic_asset_id", required: true) {
            if records.asset(id) == nil {
                form.refuse("generic_asset_id", "Generic asset with id \(id) doesn't exist.")
            }
            sensor.assetID = id
        }
        form.refuseUnknown()
        try form.errors.throwIfAny()
        return sensor
    }

    private mutating func readResolution(into sensor: inout Sensor) {
        let sent = form.read("event_resolution", required: original == nil, or: FieldText.string) { $0.stringValue }
        guard case .value(let text) = sent else { return }
        do throws(DurationTextError) {
            let duration = try ISODuration(parsing: text)
            guard let span = duration.absolute else {
                return form.refuse("event_resolution", FieldText.nominal)
            }
            if span < .zero { return form.refuse("event_resolution", "Must be greater than or equal to 0.") }
            sensor.resolution = span
        } catch {
            form.refuse("event_resolution", error.message)
        }
    }
}
