import EnergyCore

/// One object of a world file with its place in the file, read field by field; every fault names the place.
struct WorldEntry {
    let path: String
    let members: JSONObject

    init(_ value: JSONValue, at path: String) throws(WorldError) {
        guard let members = value.objectValue else { throw WorldError(path, "an object is due") }
        self.path = path
        self.members = members
    }

    /// The place of one field.
    func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func text(_ key: String) throws(WorldError) -> String {
        guard let text = try optionalText(key) else { throw WorldError(place(key), "a text is due") }
        return text
    }

    func optionalText(_ key: String) throws(WorldError) -> String? {
        guard let value = members[key], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw WorldError(place(key), "a text is due") }
        return text
    }

    func optionalNumber(_ key: String) throws(WorldError) -> Double? {
        guard let value = members[key], !value.isNull else { return nil }
        guard let number = value.doubleValue else { throw WorldError(place(key), "a number is due") }
        return number
    }

    func optionalBool(_ key: String) throws(WorldError) -> Bool? {
        guard let value = members[key], !value.isNull else { return nil }
        guard let flag = value.boolValue else { throw WorldError(place(key), "true or false is due") }
        return flag
    }

    func object(_ key: String) throws(WorldError) -> JSONObject {
        guard let value = members[key], !value.isNull else { return JSONObject() }
        guard let object = value.objectValue else { throw WorldError(place(key), "an object is due") }
        return object
    }

    /// The elements of a list of objects; an absent list is empty.
    func entries(_ key: String) throws(WorldError) -> [WorldEntry] {
        var entries: [WorldEntry] = []
        for (index, value) in try list(key).enumerated() {
            entries.append(try WorldEntry(value, at: "\(place(key))[\(index)]"))
        }
        return entries
    }

    func texts(_ key: String) throws(WorldError) -> [String] {
        var texts: [String] = []
        for (index, value) in try list(key).enumerated() {
            guard let text = value.stringValue else { throw WorldError("\(place(key))[\(index)]", "a text is due") }
            texts.append(text)
        }
        return texts
    }

    func list(_ key: String) throws(WorldError) -> [JSONValue] {
        guard let value = members[key], !value.isNull else { return [] }
        guard let list = value.arrayValue else { throw WorldError(place(key), "a list is due") }
        return list
    }

    func optionalInstant(_ key: String) throws(WorldError) -> Instant? {
        guard let text = try optionalText(key) else { return nil }
        do {
            return try Instant(parsing: text)
        } catch {
            throw WorldError(place(key), "'\(text)' is no ISO 8601 time with an offset")
        }
    }

    func optionalSpan(_ key: String) throws(WorldError) -> TimeSpan? {
        guard let text = try optionalText(key) else { return nil }
        guard let duration = try? ISODuration(parsingAnyLength: text), let span = duration.absolute else {
            throw WorldError(place(key), "'\(text)' is no ISO 8601 duration of fixed length")
        }
        return span
    }

    /// Refuses keys that nothing would be done with.
    func allow(_ keys: Set<String>) throws(WorldError) {
        for key in members.keys where !keys.contains(key) {
            throw WorldError(place(key), "there is no such field; known are \(keys.sorted().joined(separator: ", "))")
        }
    }
}
