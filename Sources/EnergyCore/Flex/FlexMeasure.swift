/// What a flex field measures, and hence the unit that its values are turned into.
package enum FlexMeasure: Hashable, Sendable {
    /// MW
    case power
    /// MWh
    case energy
    /// 1
    case ratio
    /// currency per MWh
    case pricePerEnergy
    /// currency per MW
    case pricePerPower

    /// The unit as texts of the API name it.
    var unitText: String {
        switch self {
        case .power: "MW"
        case .energy: "MWh"
        case .ratio: "%"
        case .pricePerEnergy: "/MWh"
        case .pricePerPower: "/MW"
        }
    }

    /// The unit in words, as texts about sensors name it.
    var unitWords: String {
        switch self {
        case .power: "megawatt"
        case .energy: "megawatt_hour"
        case .ratio: "percent"
        case .pricePerEnergy: "1 / megawatt_hour"
        case .pricePerPower: "1 / megawatt"
        }
    }

    var isPrice: Bool { self == .pricePerEnergy || self == .pricePerPower }

    /// Powers of energy and time, the base dimensions of flex units.
    var dimension: FlexUnit.Dimension {
        switch self {
        case .power: .init(energy: 1, time: -1)
        case .energy: .init(energy: 1, time: 0)
        case .ratio: .init(energy: 0, time: 0)
        case .pricePerEnergy: .init(energy: -1, time: 0)
        case .pricePerPower: .init(energy: -1, time: 1)
        }
    }
}
