import EnergyCore

/// The transformations of a report, read and checked before anything runs.
struct ReportProgram: Hashable, Sendable {
    enum Operand: Hashable, Sendable {
        case frame(String)
        case number(Double)
    }

    enum Operation: Hashable, Sendable {
        case add(Operand), subtract(Operand), multiply(Operand), divide(Operand)
        case clip(lower: Double?, upper: Double?)
        case absolute
        case fill(Double)
        case round(Int)
        case resample(TimeSpan)
        case aggregate(ReportAggregate)
        case copy
    }

    struct Step: Hashable, Sendable {
        var operation: Operation
        /// nil: what the step before made.
        var input: String?
        /// nil: replaces its input.
        var output: String?
    }

    var steps: [Step] = []

    /// Reads transformations as `{"df_input": name, "df_output": name, "method": name, "args": [...], "kwargs": {...}}`.
    init(_ transformations: [JSONValue]) throws(FieldErrors) {
        var errors = FieldErrors()
        for (index, entry) in transformations.enumerated() {
            guard let operation = Self.operation(entry) else {
                let method = entry["method"]?.stringValue ?? ""
                errors.add(
                    ["config", "transformations", "\(index)"],
                    "The method '\(method)' is not supported with these arguments.")
                continue
            }
            steps.append(
                Step(
                    operation: operation, input: entry["df_input"]?.stringValue, output: entry["df_output"]?.stringValue
                ))
        }
        if steps.first.map({ $0.input == nil }) ?? false {
            errors.add(["config", "transformations", "0"], "df_input is missing.")
        }
        try errors.throwIfAny()
    }

    private static func operation(_ entry: JSONValue) -> Operation? {
        let arguments = entry["args"]?.arrayValue ?? []
        let keywords = entry["kwargs"]?.objectValue ?? JSONObject()
        let method = entry["method"]?.stringValue ?? ""
        let operand = (arguments.first ?? keywords["other"]).flatMap(operand)
        switch method {
        case "add": return operand.map(Operation.add)
        case "sub", "subtract": return operand.map(Operation.subtract)
        case "mul", "multiply": return operand.map(Operation.multiply)
        case "div", "divide", "truediv": return operand.map(Operation.divide)
        case "clip":
            return .clip(
                lower: (keywords["lower"] ?? arguments.first)?.doubleValue,
                upper: (keywords["upper"] ?? (arguments.count > 1 ? arguments[1] : nil))?.doubleValue)
        case "abs": return .absolute
        case "fillna": return (arguments.first ?? keywords["value"])?.doubleValue.map(Operation.fill)
        case "round": return .round((arguments.first ?? keywords["decimals"])?.intValue ?? 0)
        case "resample": return (arguments.first ?? keywords["rule"])?.stringValue.flatMap(step).map(Operation.resample)
        case "copy": return .copy
        default: return ReportAggregate(rawValue: method).map(Operation.aggregate)
        }
    }

    private static func operand(_ value: JSONValue) -> Operand? {
        if let number = value.doubleValue { return .number(number) }
        guard let text = value.stringValue, text.hasPrefix("@") else { return nil }
        return .frame(String(text.dropFirst()))
    }

    /// `1D`, `15min`, `2h`, or an ISO 8601 duration.
    private static func step(_ text: String) -> TimeSpan? {
        if text.hasPrefix("P") { return (try? ISODuration(parsing: text))?.absolute }
        let digits = text.prefix { $0.isNumber }
        guard let count = digits.isEmpty ? 1 : Int64(digits), (1...10_000).contains(count) else { return nil }
        switch text.dropFirst(digits.count).lowercased() {
        case "d": return .days(count)
        case "h": return .hours(count)
        case "min", "t": return .minutes(count)
        case "w": return .days(7 * count)
        default: return nil
        }
    }

    /// Runs all steps on named series and returns every series there is in the end.
    func run(_ inputs: [String: ReportFrame], zone: Zone) throws(JobFailure) -> [String: ReportFrame] {
        var frames = inputs
        var groups: [String: [(start: Int64, values: [Double])]] = [:]
        var current = ""
        for step in steps {
            let input = step.input ?? current
            let output = step.output ?? input
            current = output
            if case .aggregate(let aggregate) = step.operation {
                frames[output] = try reduced(input, aggregate, frames, &groups)
                continue
            }
            let frame = try Self.frame(input, frames)
            if case .resample(let span) = step.operation {
                groups[output] = frame.grouped(by: span, in: zone)
            } else {
                frames[output] = try Self.apply(step.operation, to: frame, frames)
            }
        }
        return frames
    }

    private func reduced(
        _ input: String, _ aggregate: ReportAggregate, _ frames: [String: ReportFrame],
        _ groups: inout [String: [(start: Int64, values: [Double])]]
    ) throws(JobFailure) -> ReportFrame {
        if let group = groups.removeValue(forKey: input) {
            return ReportFrame(starts: group.map(\.start), values: group.map { aggregate($0.values) })
        }
        let frame = try Self.frame(input, frames)
        return ReportFrame(
            starts: Array(frame.starts.prefix(1)), values: frame.starts.isEmpty ? [] : [aggregate(frame.values)])
    }

    private static func frame(_ name: String, _ frames: [String: ReportFrame]) throws(JobFailure) -> ReportFrame {
        guard let frame = frames[name] else {
            throw JobFailure(errorClass: "KeyError", message: "there is no series '\(name)' at this point")
        }
        return frame
    }

    private static func apply(
        _ operation: Operation, to frame: ReportFrame, _ frames: [String: ReportFrame]
    ) throws(JobFailure) -> ReportFrame {
        func with(_ operand: Operand, _ change: (Double, Double) -> Double) throws(JobFailure) -> ReportFrame {
            switch operand {
            case .number(let number): frame.mapped { change($0, number) }
            case .frame(let name): frame.combined(with: try Self.frame(name, frames), change)
            }
        }
        switch operation {
        case .add(let operand): return try with(operand, +)
        case .subtract(let operand): return try with(operand, -)
        case .multiply(let operand): return try with(operand, *)
        case .divide(let operand): return try with(operand, /)
        case .clip(let lower, let upper):
            return frame.mapped { $0.isNaN ? $0 : min(max($0, lower ?? $0), upper ?? .infinity) }
        case .absolute: return frame.mapped(abs)
        case .fill(let number): return frame.mapped { $0.isNaN ? number : $0 }
        case .round(let digits):
            let factor = Double((0..<max(0, digits)).reduce(1) { product, _ in product * 10 })
            return frame.mapped { ($0 * factor).rounded(.toNearestOrEven) / factor }
        case .copy, .resample, .aggregate: return frame
        }
    }
}
