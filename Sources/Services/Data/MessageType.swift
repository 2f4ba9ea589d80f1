import EnergyCore

/// The types by which old clients say what their data are; each narrows what a request may do.
package enum MessageType: String, CaseIterable, Hashable, Sendable {
    case sensorData = "SensorDataRequest"
    case meterData = "MeterDataRequest"
    case prognosis = "PrognosisRequest"
    case priceData = "PriceDataRequest"
    case weatherData = "WeatherDataRequest"

    static let ofQueries: [MessageType] = [.sensorData, .meterData, .prognosis, .priceData]
    static let ofPosts: [MessageType] = [.sensorData, .meterData, .prognosis, .priceData, .weatherData]

    /// What is wrong with the unit of a query, if anything.
    func refusalOfQuery(inUnit unit: String) -> String? {
        refusal(of: unit, verb: "requested", direction: "from") { given in
            Unit.megawatt?.relation(to: given)
        }
    }

    /// What is wrong with the unit of a post, if anything.
    func refusalOfPost(inUnit unit: String) -> String? {
        refusal(of: unit, verb: "required", direction: "to") { given in
            Unit.megawatt.map { given.relation(to: $0) }
        }
    }

    private func refusal(
        of unit: String, verb: String, direction: String, relation: (Unit) -> UnitRelation?
    ) -> String? {
        let needed: String
        switch self {
        case .sensorData, .weatherData: return nil
        case .meterData, .prognosis:
            let relation = (try? Unit(parsing: unit)).flatMap(relation)
            if relation == .sameDimension || relation == .stockToFlow { return nil }
            needed = "MW"
        case .priceData:
            if Unit.isEnergyPrice(unit) { return nil }
            needed = "an energy price unit"
        }
        return "The unit \(verb) for this message type should be convertible \(direction) \(needed), "
            + "got incompatible unit: \(unit)"
    }
}

extension Unit {
    fileprivate static let megawatt = try? Unit(parsing: "MW")
}

extension FieldForm {
    /// One of the message types, with the prefix that tells queries from posts.
    mutating func messageType(prefix: String, of choices: [MessageType]) -> MessageType? {
        read("type", or: FieldText.oneOf(choices.map { prefix + $0.rawValue })) { value in
            value.stringValue.flatMap { text in choices.first { prefix + $0.rawValue == text } }
        }.value
    }
}
