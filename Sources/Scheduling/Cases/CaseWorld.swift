import EnergyCore

/// The assets, sensors and data of a case file. Keys become ids that no text contains by chance.
package struct CaseWorld: FlexWorld, SensorReadings {
    private struct Reading {
        var start: Instant
        /// nil: known from the beginning.
        var recorded: Instant?
        var value: Double
    }

    private static let firstSensorID = 910_000_001
    private static let firstAssetID = 920_000_001
    private static let accountID = 1

    private var sensors: [SensorID: Sensor] = [:]
    private var assets: [AssetID: Asset] = [:]
    private var sensorIDs: [String: SensorID] = [:]
    private var assetIDs: [String: AssetID] = [:]
    private var keys: [Int: String] = [:]
    private var data: [SensorID: [Reading]] = [:]

    package init(_ world: JSONValue) throws(CaseFault) {
        for (index, asset) in (world["assets"]?.arrayValue ?? []).enumerated() {
            guard let key = asset["key"]?.stringValue else { throw CaseFault("an asset has no key") }
            assetIDs[key] = Self.firstAssetID + index
            keys[Self.firstAssetID + index] = key
        }
        for (index, sensor) in (world["sensors"]?.arrayValue ?? []).enumerated() {
            guard let key = sensor["key"]?.stringValue else { throw CaseFault("a sensor has no key") }
            sensorIDs[key] = Self.firstSensorID + index
            keys[Self.firstSensorID + index] = key
        }
        for asset in world["assets"]?.arrayValue ?? [] { add(asset: asset) }
        for sensor in world["sensors"]?.arrayValue ?? [] { try add(sensor: sensor) }
        for series in world["data"]?.arrayValue ?? [] { try add(series: series) }
    }

    private mutating func add(asset: JSONValue) {
        guard let key = asset["key"]?.stringValue, let id = assetIDs[key] else { return }
        let type = AssetType(id: 0, name: asset["type"]?.stringValue ?? "")
        var made = Asset(id: id, name: key, accountID: Self.accountID, type: type)
        made.parentID = asset["parent"]?.stringValue.flatMap { assetIDs[$0.withoutMark] }
        made.attributes = resolved(asset["attributes"] ?? .object([:])).objectValue ?? [:]
        made.flexContext = resolved(asset["flex_context"] ?? .object([:])).objectValue ?? [:]
        made.flexModel = asset["flex_model"].map { resolved($0) }
        assets[id] = made
    }

    private mutating func add(sensor: JSONValue) throws(CaseFault) {
        guard let key = sensor["key"]?.stringValue, let id = sensorIDs[key] else { return }
        guard let asset = sensor["asset"]?.stringValue.flatMap({ assetIDs[$0.withoutMark] }) else {
            throw CaseFault("sensor \(key) is on no known asset")
        }
        guard let text = sensor["resolution"]?.stringValue, let resolution = (try? ISODuration(parsing: text))?.absolute
        else { throw CaseFault("sensor \(key) has no usable resolution") }
        var made = Sensor(
            id: id, name: key, assetID: asset, unit: sensor["unit"]?.stringValue ?? "", resolution: resolution,
            timezone: sensor["timezone"]?.stringValue ?? "UTC")
        made.attributes = sensor["attributes"]?.objectValue ?? [:]
        sensors[id] = made
    }

    private mutating func add(series: JSONValue) throws(CaseFault) {
        guard let key = series["sensor"]?.stringValue?.withoutMark, let id = sensorIDs[key] else {
            throw CaseFault("data for an unknown sensor")
        }
        guard let start = series["start"]?.stringValue.flatMap({ try? Instant(parsing: $0) }),
            let step = series["resolution"]?.stringValue.flatMap({ try? ISODuration(parsing: $0) })?.absolute
        else { throw CaseFault("data of sensor \(key) need a start and a resolution") }
        let recorded = series["belief_time"]?.stringValue.flatMap { try? Instant(parsing: $0) }
        for (index, value) in (series["values"]?.arrayValue ?? []).enumerated() {
            guard let number = value.doubleValue else { continue }
            data[id, default: []].append(Reading(start: start + step * index, recorded: recorded, value: number))
        }
    }

    /// Keeps values as the store would, so that later computations see them.
    package mutating func save(_ output: SensorOutput, recorded: Instant?) {
        if let sensor = sensors[output.sensor.id], let attributes = output.neededAttributes(of: sensor) {
            sensors[sensor.id]?.attributes = attributes
        }
        for (index, value) in output.storedValues.enumerated() {
            data[output.sensor.id, default: []].append(
                Reading(start: output.start + output.step * index, recorded: recorded, value: value))
        }
    }

    package func sensor(_ id: SensorID) -> Sensor? { sensors[id] }
    package func asset(_ id: AssetID) -> Asset? { assets[id] }

    package func children(of asset: AssetID) -> [Asset] {
        assets.values.filter { $0.parentID == asset }.sorted { $0.id < $1.id }
    }

    package func readings(
        of sensor: Sensor, from start: Instant, to end: Instant, prior: Instant?, filter: SourceFilter
    ) -> [SensorReading] {
        var latest: [Instant: Reading] = [:]
        for reading in data[sensor.id] ?? [] {
            guard reading.start < end, reading.start + sensor.resolution > start || reading.start == start else {
                continue
            }
            if let prior, let recorded = reading.recorded, recorded > prior { continue }
            if let known = latest[reading.start], let before = known.recorded {
                guard let recorded = reading.recorded, recorded >= before else { continue }
            }
            latest[reading.start] = reading
        }
        return latest.values.sorted { $0.start < $1.start }.map { SensorReading(start: $0.start, value: $0.value) }
    }

    /// The key behind an id.
    package func key(_ id: Int) -> String? { keys[id] }

    /// The sensor or asset that `@key` stands for.
    package func target(_ text: String, isSensor: Bool) -> ScheduleRequest.Target? {
        if isSensor { return sensorIDs[text.withoutMark].flatMap { sensors[$0] }.map { .sensor($0) } }
        return assetIDs[text.withoutMark].flatMap { assets[$0] }.map { .asset($0) }
    }

    /// A value with every `@key` replaced by the id that it stands for.
    package func resolved(_ value: JSONValue, member: String = "") -> JSONValue {
        switch value {
        case .string(let text) where text.hasPrefix("@"):
            let key = text.withoutMark
            let id = member == "asset" ? assetIDs[key] ?? sensorIDs[key] : sensorIDs[key] ?? assetIDs[key]
            return id.map { .int(Int64($0)) } ?? value
        case .array(let elements): return .array(elements.map { resolved($0, member: member) })
        case .object(let members):
            return .object(JSONObject(members.map { ($0.key, resolved($0.value, member: $0.key)) }))
        default: return value
        }
    }

    /// A value with every id replaced by its `@key`, also inside texts.
    package func named(_ value: JSONValue) -> JSONValue {
        switch value {
        case .int(let id): return keys[Int(id)].map { .string("@" + $0) } ?? value
        case .string(let text): return .string(named(text))
        case .array(let elements): return .array(elements.map { named($0) })
        case .object(let members): return .object(JSONObject(members.map { ($0.key, named($0.value)) }))
        default: return value
        }
    }

    /// A text with every id replaced by its `@key`.
    package func named(_ text: String) -> String {
        var result = ""
        var digits = ""
        func flush() {
            result += Int(digits).flatMap { keys[$0] }.map { "@" + $0 } ?? digits
            digits = ""
        }
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }
}

/// Why a case file cannot be used.
package struct CaseFault: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}

extension String {
    /// Without the mark of a key.
    fileprivate var withoutMark: String { hasPrefix("@") ? String(dropFirst()) : self }
}
