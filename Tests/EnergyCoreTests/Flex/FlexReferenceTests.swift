import EnergyCore
import Testing

/// A sensor for each measure, and one asset.
private struct SensorPerMeasure: FlexLookup {
    func sensor(_ id: SensorID) -> Sensor? {
        let units = [1: "EUR/MWh", 2: "kW", 3: "kWh", 4: "%", 5: "EUR/MW"]
        return units[id].map { unit in
            Sensor(
                id: id, name: unit, assetID: 1, unit: unit, resolution: id == 3 ? .zero : .minutes(15), timezone: "UTC")
        }
    }

    func asset(_ id: AssetID) -> Asset? {
        id == 1 ? Asset(id: 1, name: "site", accountID: nil, type: AssetType(id: 1, name: "site")) : nil
    }
}

/// Where a field stands, to try values in.
private enum Place: CaseIterable {
    case model, context, commitment, process

    var groups: [FlexFieldGroup] {
        switch self {
        case .model: FlexModel.reference
        case .context: FlexContext.reference.filter { $0.title != "Commitments" }
        case .commitment: FlexContext.reference.filter { $0.title == "Commitments" }
        case .process: ProcessModel.reference
        }
    }

    func accepts(_ field: String, _ value: JSONValue) -> Bool {
        let lookup = SensorPerMeasure()
        let scope = FlexModelScope(lookup: lookup, sensor: nil)
        do {
            switch self {
            case .model: _ = try FlexModel(parsing: [field: value], in: scope)
            case .context: _ = try FlexContext(parsing: [field: value], lookup: lookup)
            case .commitment:
                var members: JSONObject = ["name": "position"]
                members[field] = value
                _ = try FlexContext(parsing: ["commitments": [.object(members)]], lookup: lookup)
            case .process:
                var members: JSONObject = ["power": 1, "duration": "PT1H"]
                members[field] = value
                _ = try ProcessModel(parsing: members, in: scope, start: Instant(seconds: 0))
            }
            return true
        } catch {
            return false
        }
    }
}

extension FlexField {
    private var unit: String {
        switch measure {
        case .power, nil: "kW"
        case .energy: "kWh"
        case .ratio: "%"
        case .pricePerEnergy: "EUR/kWh"
        case .pricePerPower: "EUR/kW"
        }
    }

    fileprivate func quantity(_ value: Int) -> JSONValue { .string("\(value) \(unit)") }

    private var sensorID: Int {
        switch measure {
        case .pricePerEnergy: 1
        case .power, nil: 2
        case .energy: 3
        case .ratio: 4
        case .pricePerPower: 5
        }
    }

    fileprivate var stretches: JSONValue {
        [["start": "2026-05-01T12:00:00Z", "duration": "PT2H", "value": quantity(1)]]
    }

    /// Objects with the least that they need, by the field whose list they stand in.
    private var objects: JSONValue {
        switch name {
        case "operation-modes": [["consumption-range": ["1 kW", "2 kW"]]]
        case "commodities": [["commodity": "gas"]]
        case "commitments": [["name": "position"]]
        default: [["start": "2026-05-01T12:00:00Z", "duration": "PT2H"]]
        }
    }

    /// A value of a form.
    fileprivate func sample(_ form: Form) -> [JSONValue] {
        switch form {
        case .quantity: [quantity(1)]
        case .number: [0.5]
        case .sensor: [["sensor": .int(Int64(sensorID))]]
        case .segments: [stretches]
        case .parts: [[quantity(1)], [["sensor": 2]], [stretches]]
        case .text: ["gas"]
        case .flag: [true, false]
        case .choice(let words): words.map { .string($0) }
        case .duration: ["PT2H"]
        case .sensorIDs: [[2]]
        case .sensorReferences: [[["sensor": 2]]]
        case .sensorID: [1]
        case .group: [["asset": 1], ["sensor": 2]]
        case .objects: [objects]
        }
    }

    /// Values that no form of the field covers.
    fileprivate var foreign: [JSONValue] {
        var values: [JSONValue] = [.null]
        if !forms.contains(.quantity), !forms.contains(.text) { values.append(quantity(1)) }
        if !forms.contains(.number) { values.append(0.5) }
        if !forms.contains(.sensor), !forms.contains(.group) { values += sample(.sensor) }
        if !forms.contains(.segments), !forms.contains(.objects) { values.append(stretches) }
        if !forms.contains(.flag) { values.append(true) }
        if !forms.contains(.text) { values.append("gas") }
        return values
    }
}

@Suite("The reference of flex fields")
struct FlexReferenceTests {
    private func names(_ place: Place) -> Set<String> { Set(place.groups.flatMap(\.fields).map(\.name)) }

    @Test("names just the fields that are read")
    func names() {
        #expect(names(.model) == FlexModel.fields)
        #expect(names(.context) == FlexContext.fields)
        let oldSpellings: Set<String> = ["optimization-direction"]
        #expect(names(.process) == ProcessModel.fields.filter { !$0.contains("_") }.subtracting(oldSpellings))
    }

    @Test("names the forms that are accepted, and only those", arguments: Place.allCases)
    private func forms(_ place: Place) {
        for field in place.groups.flatMap(\.fields) {
            for form in field.forms {
                for value in field.sample(form) { #expect(place.accepts(field.name, value), "\(field.name): \(value)") }
            }
            for value in field.foreign { #expect(!place.accepts(field.name, value), "\(field.name): \(value)") }
        }
    }

    @Test("names the least value that is accepted", arguments: Place.allCases)
    private func limits(_ place: Place) {
        for field in place.groups.flatMap(\.fields) where field.forms.contains(.quantity) {
            #expect(place.accepts(field.name, field.quantity(-1)) == (field.limit == .none), "\(field.name)")
            let mayBeZero = field.limit == .none || field.limit == .notNegative
            #expect(place.accepts(field.name, field.quantity(0)) == mayBeZero, "\(field.name)")
            if field.limit == .share { #expect(!place.accepts(field.name, field.quantity(101)), "\(field.name)") }
        }
    }

    @Test("replaces the tables of a page and keeps its text")
    func page() {
        var group = FlexModel.reference[0]
        group.fields = [group.fields[0]]
        group.fields[0].measure = nil
        group.fields[0].standard = ""
        let text =
            "# Page\n\n| field | of another |\n|---|---|\n\n## Stock\n\nBefore.\n\n| field | old |\n|---|---|\n| a | b |\n\nAfter.\n"
        let expected = """
            # Page

            | field | of another |
            |---|---|

            ## Stock

            Before.

            | field | forms | meaning |
            |---|---|---|
            | `soc-at-start` | quantity, number, sensor, segments | stock at the start; without one the device has no stock at all |

            After.

            """
        #expect(FlexFieldGroup.page(text, groups: [group]) == expected)
    }
}
