import EnergyCore
import Synchronization

/// A limit stated in a flex-model or flex-context that the values of a sensor are held against.
struct WatchedLimit: Hashable, Sendable {
    enum Side: Hashable, Sendable {
        case least, most
        /// In either direction.
        case magnitude
    }

    /// Whose limit it is.
    let asset: AssetID
    /// The field that states it.
    let field: String
    /// What is wrong when it is not kept.
    let words: String
    let sensor: SensorID
    let measure: FlexMeasure
    let side: Side
    /// MWh for energy, MW for power.
    let bound: Double

    /// Whether a value in MWh or MW is beyond it by more than `tolerance`, a share of the bound.
    func isBroken(by value: Double, tolerance: Double) -> Bool {
        let margin = abs(bound) * tolerance + 1e-9
        return switch side {
        case .least: value < bound - margin
        case .most: value > bound + margin
        case .magnitude: abs(value) > bound + margin
        }
    }

    /// State of charge with its minimum and maximum, the power of a site with its capacity: those among them that the
    /// asset states as fixed quantities, for sensors.
    static func limits(of asset: Asset, _ records: Directory) -> [WatchedLimit] {
        charge(of: asset, records) + power(of: asset, records)
    }

    private static func charge(of asset: Asset, _ records: Directory) -> [WatchedLimit] {
        guard let fields = asset.flexModel?.objectValue, fields["state-of-charge"] != nil,
            let model = try? FlexModel(parsing: fields, in: FlexModelScope(lookup: records, sensor: nil)),
            let sensor = model.stateOfCharge
        else { return [] }
        func limit(_ field: String, _ words: String, _ side: Side, _ bound: Double) -> WatchedLimit {
            WatchedLimit(
                asset: asset.id, field: field, words: words, sensor: sensor.id, measure: .energy, side: side,
                bound: bound)
        }
        return [
            model.socMin.map { limit("soc-min", "state of charge below its minimum", .least, $0) },
            model.socMax.map { limit("soc-max", "state of charge above its maximum", .most, $0) },
        ].compactMap(\.self)
    }

    private static func power(of asset: Asset, _ records: Directory) -> [WatchedLimit] {
        guard asset.flexContext["aggregate-power"] != nil, asset.flexContext["site-power-capacity"] != nil,
            let flexContext = try? FlexContext(parsing: asset.flexContext, lookup: records),
            let sensor = flexContext.aggregatePower, case .fixed(let capacity)? = flexContext.sitePowerCapacity
        else { return [] }
        return [
            WatchedLimit(
                asset: asset.id, field: "site-power-capacity", words: "power beyond the capacity of the site",
                sensor: sensor.id, measure: .power, side: .magnitude, bound: capacity)
        ]
    }
}

/// The limits of all assets by the sensor that they are about, read out of flex-configurations again only when a record
/// has changed.
final class WatchedLimits: Sendable {
    private let kept = Mutex<(records: Directory, limits: [SensorID: [WatchedLimit]])?>(nil)

    func bySensor(_ records: Directory) -> [SensorID: [WatchedLimit]] {
        kept.withLock { kept in
            if let kept, kept.records.hasSameRecords(as: records) { return kept.limits }
            let all = records.allAssets.flatMap { WatchedLimit.limits(of: $0, records) }
            let limits = Dictionary(grouping: all, by: \.sensor)
            kept = (records, limits)
            return limits
        }
    }
}
