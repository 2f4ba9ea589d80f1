import EnergyCore

/// Values of a sensor in equal steps that are to be recorded.
package struct DataPost: Sendable {
    /// "Not a number" is a gap.
    package var values: [Double]
    package var start: AwareDateTime
    /// Of all values together.
    package var duration: TimeSpan
    package var unit: String
    /// When the values were believed; comes before `horizon`.
    package var prior: Instant?
    /// How long before its event could be known each value was believed.
    package var horizon: TimeSpan?
    package var type = MessageType.sensorData
    /// Only the operator on the machine may name one; nil: the caller's own.
    package var source: DataSource?

    package init(values: [Double], start: AwareDateTime, duration: TimeSpan, unit: String) {
        self.values = values
        self.start = start
        self.duration = duration
        self.unit = unit
    }

    /// Reads the fields of a request, in the names and words of the API.
    ///
    /// - Parameter columns: the numbers of the field `values`, where the reader of the request has them apart already
    package init(fields: JSONObject, values columns: [Double]? = nil) throws(FieldErrors) {
        var form = FieldForm(fields)
        let values = columns ?? form.values()
        if values?.isEmpty == true { form.refuse("values", FieldText.tooShort(1)) }
        let lacksValues = columns == nil && fields["values"] == nil
        let start = form.datetime("start", required: true)
        let duration = form.span("duration", required: true)
        let unit = form.text("unit", required: true).value
        let prior = form.datetime("prior")?.instant
        let horizon = form.duration("horizon").map(DataPost.elapsed)
        let type = form.messageType(prefix: "Post", of: MessageType.ofPosts)
        // The path says which sensor is meant; old clients repeat it in the body.
        for name in ["sensor", "id", "values"] { _ = form.read(name, nullable: true, or: "") { $0 } }
        form.refuseUnknown()
        // Clients know of missing values only where nothing else is wrong.
        if lacksValues, form.errors.isEmpty { form.refuse("values", FieldText.missing) }
        try form.errors.throwIfAny()
        guard let values, let start, let duration, let unit else { throw form.errors }
        self.init(values: values, start: start, duration: duration, unit: unit)
        self.prior = prior
        self.horizon = horizon
        self.type = type ?? .sensorData
    }

    /// A horizon has no place in the calendar: its months count 30 days, its years 365.
    private static func elapsed(_ duration: ISODuration) -> TimeSpan {
        let days = duration.months * 30 + duration.years * 365
        return duration.span + TimeSpan(microseconds: Int64(days * 86_400e6))
    }
}

extension FieldForm {
    /// One number, or a list of numbers and nulls; texts with numbers count.
    fileprivate mutating func values() -> [Double]? {
        guard let value = read("values", or: "", { $0 }).value else { return nil }
        guard case .array(let items) = value else {
            switch FieldForm.dataNumber(value) {
            case .success(let number): return [number]
            case .failure(let fault):
                refuse("values", fault.text)
                return nil
            }
        }
        var numbers: [Double] = []
        numbers.reserveCapacity(items.count)
        var faults = FieldErrors()
        for (index, item) in items.enumerated() {
            if item.isNull {
                numbers.append(.nan)
                continue
            }
            switch FieldForm.dataNumber(item) {
            case .success(let number): numbers.append(number)
            case .failure(let fault): faults.add(["values", "\(index)"], fault.text)
            }
        }
        merge(faults)
        return faults.isEmpty ? numbers : nil
    }

    /// A number as a text; blanks around it are fine, hexadecimal notation is not.
    private static func decimal(_ text: String) -> Double? {
        let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        return trimmed.contains { $0 == "x" || $0 == "X" } ? nil : Double(String(trimmed))
    }

    private struct NumberFault: Error {
        let text: String
    }

    private static func dataNumber(_ value: JSONValue) -> Result<Double, NumberFault> {
        let number: Double?
        if case .string(let text) = value { number = decimal(text) } else { number = value.doubleValue }
        guard let number else { return .failure(NumberFault(text: FieldText.number)) }
        return number.isFinite ? .success(number) : .failure(NumberFault(text: FieldText.specialNumber))
    }
}
