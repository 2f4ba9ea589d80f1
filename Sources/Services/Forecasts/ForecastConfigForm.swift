import EnergyCore
import Store

/// Reads the `config` of a trigger message and collects what is wrong with it.
struct ForecastConfigForm {
    let records: Directory
    let sensor: Sensor?
    let zone: Zone
    let planningHorizon: TimeSpan

    private static let periodText =
        "max-training-period must be specified using days or smaller units (e.g. P365D, PT48H). Years and months"
        + " are not supported."

    /// The configuration, with faults under the names of its fields.
    func read(_ value: JSONValue?, _ faults: inout FieldErrors) -> ForecastConfig {
        var config = ForecastConfig(retrainFrequency: planningHorizon)
        guard let value, !value.isNull else { return config }
        guard let fields = value.objectValue else {
            faults.add(["config", FieldErrors.wholeInput], "Invalid input type.")
            return config
        }
        var form = FieldForm(fields)
        if let model = form.text("model").value { config.model = model }
        readPeriods(&form, &config)
        switch form.read("ensure-positive", nullable: true, or: FieldText.boolean, FieldForm.truth) {
        case .value(let flag): config.ensuresPositive = flag
        case .null: config.ensuresPositive = nil
        case .missing: break
        }
        if let threshold = form.number("missing-threshold").value { config.missingThreshold = threshold }
        config.pastRegressors = regressors("past-regressors", &form)
        config.futureRegressors = regressors("future-regressors", &form)
        for both in regressors("regressors", &form) {
            if !config.pastRegressors.contains(both) { config.pastRegressors.append(both) }
            if !config.futureRegressors.contains(both) { config.futureRegressors.append(both) }
        }
        config.annotationRegressors = annotations(&form)
        readLimits(&form, &config)
        form.refuseUnknown()
        faults.merge(form.errors, under: ["config"])
        return config
    }

    private func readPeriods(_ form: inout FieldForm, _ config: inout ForecastConfig) {
        if let period = form.duration("train-period") {
            config.trainPeriod = period.absolute ?? period.grounded(from: Instant(seconds: 0), in: .utc)
            if (config.trainPeriod ?? .zero) < .days(2) {
                form.refuse("train-period", "train-period must be at least 2 days (48 hours)")
            }
        }
        if let period = form.duration("max-training-period") {
            if let span = period.absolute {
                config.maxTrainingPeriod = span
            } else {
                form.refuse("max-training-period", Self.periodText)
            }
        }
        if let frequency = form.duration("retrain-frequency") {
            config.retrainFrequency = frequency.absolute ?? frequency.grounded(from: Instant(seconds: 0), in: .utc)
            if config.retrainFrequency < .hours(1) {
                form.refuse("retrain-frequency", "retrain-frequency must be at least 1 hour")
            }
        }
        config.trainStart = form.moment("train-start", in: zone)
    }

    private func regressors(_ field: String, _ form: inout FieldForm) -> [ForecastConfig.RegressorReference] {
        guard let list = form.read(field, or: FieldText.list, \.arrayValue).value else { return [] }
        var found: [ForecastConfig.RegressorReference] = []
        for (index, value) in list.enumerated() {
            guard let reference = Self.reference(value) else {
                form.refuse([field, String(index)], FieldText.integer)
                continue
            }
            guard records.sensor(reference.sensor) != nil else {
                form.refuse([field, String(index)], NotFound(.sensor, reference.sensor).message)
                continue
            }
            found.append(reference)
        }
        return found
    }

    /// A sensor id, or an object with a sensor and filters on sources.
    private static func reference(_ value: JSONValue) -> ForecastConfig.RegressorReference? {
        guard let object = value.objectValue else {
            return FieldForm.integer(value).map(ForecastConfig.RegressorReference.init(sensor:))
        }
        guard let id = object["sensor"].flatMap(FieldForm.integer) else { return nil }
        var reference = ForecastConfig.RegressorReference(sensor: id)
        reference.json = value
        reference.sources = (object["sources"]?.arrayValue ?? []).compactMap(FieldForm.integer)
        reference.sourceTypes = (object["source-types"]?.arrayValue ?? []).compactMap(\.stringValue)
        reference.excludedSourceTypes = (object["exclude-source-types"]?.arrayValue ?? []).compactMap(\.stringValue)
        return reference
    }

    private func annotations(_ form: inout FieldForm) -> [ForecastConfig.AnnotationReference] {
        let field = "annotation-regressors"
        guard let list = form.read(field, or: FieldText.list, \.arrayValue).value else { return [] }
        var found: [ForecastConfig.AnnotationReference] = []
        for (index, value) in list.enumerated() {
            let target: AnnotationTarget? =
                if let id = value["account"]?.intValue, records.accounts[id] != nil {
                    .account(id)
                } else if let id = value["asset"]?.intValue, records.asset(id) != nil {
                    .asset(id)
                } else if let id = value["sensor"]?.intValue, records.sensor(id) != nil { .sensor(id) } else { nil }
            guard let target else {
                form.refuse([field, String(index)], "Name an account, asset or sensor that exists.")
                continue
            }
            found.append(
                ForecastConfig.AnnotationReference(
                    target: target, type: value["annotation-type"]?.stringValue ?? "holiday",
                    name: value["name"]?.stringValue, json: value))
        }
        return found
    }

    private func readLimits(_ form: inout FieldForm, _ config: inout ForecastConfig) {
        for field in ["lower", "upper"] {
            guard let value = form.read(field, nullable: true, or: FieldText.number, quantity).value else { continue }
            if field == "lower" { config.lower = value } else { config.upper = value }
            config.extra[field] = form.fields[field]
        }
        if let snaps = form.read("snap", or: FieldText.mapping, \.objectValue).value {
            for (target, bounds) in snaps {
                let pair = (bounds.arrayValue ?? []).compactMap(quantity)
                guard let target = quantity(.string(target)), pair.count == 2 else {
                    form.refuse(["snap", target], "Give two bounds.")
                    continue
                }
                config.snaps.append(ForecastConfig.SnapBand(target: target, first: pair[0], second: pair[1]))
            }
            config.extra["snap"] = .object(snaps)
        }
        if let parameters = form.read("model-params", or: FieldText.mapping, \.objectValue).value {
            config.extra["model-params"] = .object(parameters)
        }
    }

    /// A number in the sensor's unit, or a text with a unit that converts to it.
    private func quantity(_ value: JSONValue) -> Double? {
        if let number = value.doubleValue { return number }
        guard let text = value.stringValue?.trimmingBlanks() else { return nil }
        if let number = Double(text) { return number }
        let end = text.firstIndex { !($0.isNumber || "+-.eE".contains($0)) } ?? text.endIndex
        guard let sensor, let number = Double(text[..<end]) else { return nil }
        let unit = String(text[end...]).trimmingBlanks()
        guard let convert = try? Unit.conversion(from: unit, to: sensor.unit, duration: sensor.resolution) else {
            return nil
        }
        return convert(number)
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension FieldForm {
    mutating func refuse(_ path: [String], _ text: String) {
        merge(FieldErrors(path, text))
    }

    /// A date and time with its offset, or a date in `zone`.
    mutating func moment(_ field: String, in zone: Zone, inclusiveEnd: Bool = false) -> Instant? {
        let sent = read(field, or: DateTimeTextError.unparsable.message) { $0.stringValue }
        guard let text = sent.value else { return nil }
        do {
            return try AwareDateTime(parsing: text, orDateIn: zone, inclusiveEnd: inclusiveEnd).instant
        } catch {
            refuse(field, error.message)
            return nil
        }
    }
}
