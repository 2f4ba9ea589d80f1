/// The members of a JSON object in the order in which they were written. Of duplicate keys the last one counts.
package struct JSONObject: Sendable {
    package private(set) var keys: [String] = []
    private var values: [String: JSONValue] = [:]

    package init() {}

    package init(_ members: [(String, JSONValue)]) {
        for (key, value) in members { self[key] = value }
    }

    package var count: Int { keys.count }
    package var isEmpty: Bool { keys.isEmpty }

    /// Setting nil removes the member; an explicit null is `JSONValue.null`.
    package subscript(key: String) -> JSONValue? {
        get { values[key] }
        set {
            if newValue == nil {
                if values.removeValue(forKey: key) != nil { keys.removeAll { $0 == key } }
            } else if values.updateValue(newValue ?? .null, forKey: key) == nil {
                keys.append(key)
            }
        }
    }

    /// Changes a member where it is, without copying the others; null if it is missing so far.
    package mutating func modify(_ key: String, _ change: (inout JSONValue) -> Void) {
        if values[key] == nil { self[key] = .null }
        if let place = values.index(forKey: key) { change(&values.values[place]) }
    }
}

/// Two objects are equal when they have the same members, whatever their order.
extension JSONObject: Hashable {
    package static func == (a: JSONObject, b: JSONObject) -> Bool { a.values == b.values }
    package func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension JSONObject: Sequence {
    package func makeIterator() -> some IteratorProtocol<(key: String, value: JSONValue)> {
        keys.lazy.map { (key: $0, value: self.values[$0] ?? .null) }.makeIterator()
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        self.init(members)
    }
}
