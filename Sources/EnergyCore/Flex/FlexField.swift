/// What the reference says about a flex field: how its value may be written, what it measures and what it is for.
package struct FlexField: Hashable, Sendable {
    /// A way to write a value.
    package enum Form: Hashable, Sendable {
        /// A text with a unit.
        case quantity
        /// A plain number, in a unit that is known.
        case number
        /// `{"sensor": id}`
        case sensor
        /// Stretches of time with a value each.
        case segments
        /// A list whose elements are quantities, sensors or segments and add up.
        case parts
        case text
        case flag
        /// One of a few words.
        case choice([String])
        /// An ISO 8601 duration.
        case duration
        /// A list of ids of sensors.
        case sensorIDs
        /// A list of `{"sensor": id}`.
        case sensorReferences
        /// An id of a sensor.
        case sensorID
        /// `{"asset": id}` or `{"sensor": id}`.
        case group
        /// A list of objects with fields of their own.
        case objects

        /// The form as the reference names it.
        package var name: String {
            switch self {
            case .quantity: "quantity"
            case .number: "number"
            case .sensor: "sensor"
            case .segments: "segments"
            case .parts: "list of quantities, sensors, segments"
            case .text: "text"
            case .flag: "true, false"
            case .choice(let words): words.map { "`\"\($0)\"`" }.joined(separator: ", ")
            case .duration: "duration"
            case .sensorIDs: "list of sensor ids"
            case .sensorReferences: "list of `{\"sensor\": ID}`"
            case .sensorID: "sensor id"
            case .group: "`{\"asset\": ID}`, `{\"sensor\": ID}`"
            case .objects: "list of objects"
            }
        }
    }

    /// How what varies over time may be written.
    static let varying: [Form] = [.quantity, .sensor, .segments]
    /// The same where the unit of a plain number is known.
    static let varyingNumber: [Form] = [.quantity, .number, .sensor, .segments]

    /// The least value that may be written.
    package enum Limit: String, Hashable, Sendable {
        case none = ""
        case notNegative = "≥ 0"
        case positive = "> 0"
        case share = "> 0, ≤ 100%"
    }

    package var name: String
    package var forms: [Form]
    package var measure: FlexMeasure?
    package var limit: Limit
    /// What counts when the field is absent; empty where the meaning says so.
    package var standard: String
    package var meaning: String

    init(
        _ name: String, _ forms: [Form], of measure: FlexMeasure? = nil, limit: Limit = .none, standard: String = "",
        _ meaning: String
    ) {
        self.name = name
        self.forms = forms
        self.measure = measure
        self.limit = limit
        self.standard = standard
        self.meaning = meaning
    }
}

/// Fields that belong together, under a heading of the manual.
package struct FlexFieldGroup: Hashable, Sendable {
    package var title: String
    package var fields: [FlexField]

    /// The group as a table in Markdown.
    package var table: [String] {
        let measured = fields.contains { $0.measure != nil }
        let standards = fields.contains { !$0.standard.isEmpty }
        func row(_ field: String, _ forms: String, _ unit: String, _ standard: String, _ meaning: String) -> String {
            let cells = [field, forms] + (measured ? [unit] : []) + (standards ? [standard] : []) + [meaning]
            return "| " + cells.map { $0.isEmpty ? "" : $0 + " " }.joined(separator: "| ") + "|"
        }
        let head = row("field", "forms", "unit", "default", "meaning")
        let rule = "|" + String(repeating: "---|", count: head.count { $0 == "|" } - 1)
        let rows = fields.map { field in
            let forms = field.forms.map(\.name) + (field.limit == .none ? [] : [field.limit.rawValue])
            return row(
                "`\(field.name)`", forms.joined(separator: ", "), field.measure?.word ?? "", field.standard,
                field.meaning)
        }
        return [head, rule] + rows
    }

    /// A page of the manual with the tables of these groups in it: below each group's heading its first table of fields is
    /// replaced, all other text is kept.
    package static func page(_ text: String, groups: [FlexFieldGroup]) -> String {
        var lines: [String] = []
        var open: FlexFieldGroup?
        var isReplacing = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("#") {
                open = groups.first { line.drop { $0 == "#" }.dropFirst() == $0.title }
            }
            if isReplacing, line.hasPrefix("|") { continue }
            isReplacing = false
            if let group = open, line.hasPrefix("| field |") {
                lines += group.table
                isReplacing = true
                open = nil
                continue
            }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}

extension FlexMeasure {
    /// The measure as the reference names it.
    fileprivate var word: String {
        switch self {
        case .power: "power"
        case .energy: "energy"
        case .ratio: "ratio"
        case .pricePerEnergy: "money/energy"
        case .pricePerPower: "money/power"
        }
    }
}
