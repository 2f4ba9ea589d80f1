import EnergyCore
import Store

/// A checked request for a report.
struct ReportPlan: Sendable {
    enum Method: Sendable {
        /// Weighted inputs that become one series.
        case aggregate(ReportAggregate, weights: [String: Double])
        case program(ReportProgram)
    }

    struct Input: Sendable {
        var name: String
        var sensor: Sensor
        /// nil: the sensor's.
        var unit: String?
        var sourceTypes: Set<String>?
        var excludedSourceTypes: Set<String> = []
    }

    struct Output: Sendable {
        var name: String
        var sensor: Sensor
        /// Unit of the computed values; nil: the sensor's.
        var unit: String?
    }

    var reporter: String
    var method: Method
    var inputs: [Input] = []
    var outputs: [Output] = []
    var start: AwareDateTime
    var end: AwareDateTime
    var resolution: TimeSpan
    /// How long before it could be known each value counts as believed; nil: believed now.
    var horizon: TimeSpan?

    private static let reporters = ["AggregatorReporter", "PandasReporter"]

    /// Reads the body of a request, in the names and words of the API.
    init(_ fields: JSONObject, records: Directory) throws(FieldErrors) {
        var form = FieldForm(fields)
        let name = form.text("reporter", required: true).value ?? ""
        if !name.isEmpty, !Self.reporters.contains(name) { form.refuse("reporter", FieldText.oneOf(Self.reporters)) }
        let parameters = form.jsonObject("parameters").object ?? JSONObject()
        if fields["parameters"] == nil { form.refuse("parameters", FieldText.missing) }
        let config = form.jsonObject("config").object ?? JSONObject()
        form.refuseUnknown()
        var inner = FieldForm(parameters)
        let start = inner.datetime("start", required: true)
        let end = inner.datetime("end", required: true)
        if let start, let end, end.instant <= start.instant { inner.refuse("end", "end must be after start") }
        let stated = inner.span("resolution")
        horizon = inner.span("belief_horizon") ?? inner.span("belief-horizon")
        var errors = form.errors.merging(inner.errors, under: ["parameters"])
        let inputs = Self.references(parameters["input"], "input", records, &errors)
        let outputs = Self.references(parameters["output"], "output", records, &errors)
        try errors.throwIfAny()
        guard let start, let end else { throw errors }
        reporter = name
        self.start = start
        self.end = end
        method = try Self.method(name, config)
        self.inputs = inputs.map { Self.input($0.entry, $0.sensor, config) }
        self.outputs = outputs.map { entry, sensor in
            let name = entry["name"]?.stringValue ?? ""
            return Output(name: name, sensor: sensor, unit: Self.unit(name, in: config["required_output"]))
        }
        let finest = self.outputs.map(\.sensor.resolution).filter { $0 > .zero }.min()
        resolution = stated ?? finest ?? .hours(1)
    }

    private static func method(_ reporter: String, _ config: JSONObject) throws(FieldErrors) -> Method {
        if reporter == "PandasReporter" {
            return .program(try ReportProgram(config["transformations"]?.arrayValue ?? []))
        }
        let name = config["method"]?.stringValue ?? "sum"
        guard let aggregate = ReportAggregate(rawValue: name) else {
            throw FieldErrors(["config", "method"], FieldText.oneOf(ReportAggregate.allCases.map(\.rawValue)))
        }
        let weights = (config["weights"]?.objectValue ?? JSONObject()).compactMap { member in
            member.value.doubleValue.map { (member.key, $0) }
        }
        return .aggregate(aggregate, weights: Dictionary(uniqueKeysWithValues: weights))
    }

    private static func references(
        _ value: JSONValue?, _ field: String, _ records: Directory, _ errors: inout FieldErrors
    ) -> [(entry: JSONValue, sensor: Sensor)] {
        guard let entries = value?.arrayValue, !entries.isEmpty else {
            errors.add(["parameters", field], value == nil ? FieldText.missing : FieldText.list)
            return []
        }
        var found: [(entry: JSONValue, sensor: Sensor)] = []
        for (index, entry) in entries.enumerated() {
            guard let id = entry["sensor"].flatMap(FieldForm.integer) else {
                errors.add(["parameters", field, "\(index)", "sensor"], FieldText.integer)
                continue
            }
            if let sensor = records.sensor(id) {
                found.append((entry, sensor))
            } else {
                errors.add(["parameters", field, "\(index)", "sensor"], NotFound(.sensor, id).message)
            }
        }
        return found
    }

    private static func input(_ entry: JSONValue, _ sensor: Sensor, _ config: JSONObject) -> Input {
        func words(_ key: String) -> Set<String>? {
            let list = entry[key] ?? entry[key.replacing("_", with: "-")]
            return list?.arrayValue.map { Set($0.compactMap(\.stringValue)) }
        }
        let name = entry["name"]?.stringValue ?? sensor.name
        return Input(
            name: name, sensor: sensor, unit: unit(name, in: config["required_input"]),
            sourceTypes: words("source_types"), excludedSourceTypes: words("exclude_source_types") ?? [])
    }

    private static func unit(_ name: String, in list: JSONValue?) -> String? {
        list?.arrayValue?.first { $0["name"]?.stringValue == name }?["unit"]?.stringValue
    }
}

extension FieldForm.Sent<JSONObject> {
    fileprivate var object: JSONObject? { value }
}
