import EnergyCore

/// Turns ids of sensors back into paths, where a world file would turn paths into ids.
struct WorldReferences {
    private let paths: [SensorID: String]

    init(sensors: [Sensor], pathOfAsset: (AssetID) -> String) {
        paths = Dictionary(
            uniqueKeysWithValues: sensors.map { ($0.id, "\(pathOfAsset($0.assetID))/\(WorldPath.part($0.name))") })
    }

    init(paths: [SensorID: String]) {
        self.paths = paths
    }

    /// References in a flex-context or flex-model: `{"sensor": 5}`, and bare ids in lists of sensors.
    func flex(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            if object.count == 1, let id = object["sensor"]?.intValue, let reference = reference(id) {
                return reference
            }
            return .object(JSONObject(object.map { ($0, $0.hasSuffix("-sensors") ? shown($1) : flex($1)) }))
        case .array(let list):
            return .array(list.map(flex))
        default:
            return value
        }
    }

    /// References in lists of what to show: every number is an id.
    func shown(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            let keys: Set<String> = ["sensor", "sensors", "plots"]
            return .object(JSONObject(object.map { ($0, keys.contains($0) ? shown($1) : $1) }))
        case .array(let list):
            return .array(list.map(shown))
        default:
            return value.intValue.flatMap(reference) ?? value
        }
    }

    private func reference(_ id: SensorID) -> JSONValue? {
        paths[id].map { ["$sensor": .string($0)] }
    }
}
