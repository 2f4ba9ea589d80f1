import EnergyCore
import Services
import TerminalKit

/// A device that a schedule of its site can contain: it stores a flex-model and has a power sensor.
struct TriggerDevice: Hashable, Sendable {
    var asset: Asset
    var sensor: Sensor
    /// The fields that are stored on the device itself.
    var model: JSONObject
    /// The fields that the site's own list of flex-models says about it; they must go with every request.
    var listed = JSONObject()

    /// A process runs once in a window; it cannot be scheduled together with others.
    var isProcess: Bool { asset.type.name == "process" || asset.type.name == "load" }

    /// Whether it has a stock, whose level must be known at the start.
    var isStorage: Bool {
        ["soc-max", "soc-min", "state-of-charge"].contains { model[$0] != nil || listed[$0] != nil }
    }
}

/// Finds the devices that are scheduled together when a schedule is asked for a whole site.
enum TriggerDevices {
    /// The devices of an asset and all below it, in the order of the tree.
    static func all(of asset: Asset, _ records: Directory, _ data: ConsoleData) -> [TriggerDevice] {
        let listed = asset.flexModel?.arrayValue?.compactMap(\.objectValue) ?? []
        return records.tree(from: asset.id).compactMap { place in
            let model = place.flexModel?.objectValue ?? JSONObject()
            let entry = listed.first { self.asset(of: $0, records) == place.id }
            guard !model.isEmpty || entry != nil, data.canRead(place, records) else { return nil }
            let named = entry?["sensor"]?.intValue.flatMap { records.sensor($0) }
            guard let sensor = named ?? powerSensor(of: place, model, records), data.canRead(sensor, records) else {
                return nil
            }
            var own = entry ?? JSONObject()
            own["sensor"] = nil
            own["asset"] = nil
            return TriggerDevice(asset: place, sensor: sensor, model: model, listed: own)
        }
    }

    /// The sensor that receives the schedule: one that is not the limit of another field, and has slots.
    static func powerSensor(of asset: Asset, _ model: JSONObject, _ records: Directory) -> Sensor? {
        let used = Set(model.compactMap { $0.value["sensor"]?.intValue })
        let powers = records.sensors(of: asset.id).filter { Unit.isPower($0.unit) }
        return powers.first { !used.contains($0.id) && $0.resolution > .zero } ?? powers.first { !used.contains($0.id) }
            ?? powers.first
    }

    private static func asset(of entry: JSONObject, _ records: Directory) -> AssetID? {
        entry["asset"]?.intValue ?? entry["sensor"]?.intValue.flatMap { records.sensor($0)?.assetID }
    }

    /// The newest state of charge of a device, with its age.
    static func level(
        _ model: JSONObject, _ asset: Asset, _ query: TriggerQuery, _ data: ConsoleData, _ records: Directory
    ) throws -> (text: String, note: String)? {
        let named = model["state-of-charge"]?["sensor"]?.intValue.flatMap { records.sensor($0) }
        guard
            let sensor = named
                ?? records.sensors(of: asset.id).first(where: { Unit.isEnergy($0.unit) && $0.resolution == .zero })
        else { return nil }
        let now = query.belief.moment(now: data.now)
        let latest = try data.series.latest(
            of: [sensor.id], at: now, reach: .days(2), as: query.belief, caller: data.caller)
        guard let sample = latest[sensor.id]?[.measured] ?? latest[sensor.id]?[.plan] else { return nil }
        return (
            "\(NumberFormat.significant(sample.mean, digits: 6)) \(sensor.unit)",
            "sensor \(sensor.id), \(TimeFormat.age(now - sample.start)) old"
        )
    }
}
