import EnergyCore
import Foundation

/// One recorded case of behaviour.
package struct Vector: Sendable, CustomStringConvertible {
    package var id: String
    /// As recorded, with our own answer laid over it where we deviate on purpose.
    package var object: JSONObject
    /// The recording shows an oddity that we may share or not.
    package var isOptional: Bool

    package init(id: String, recorded: JSONObject) {
        self.id = id
        object = Vector.asWeAnswer(recorded)
        isOptional = recorded["quirk"] != nil && recorded["decision"]?.boolValue != true
    }

    package subscript(key: String) -> JSONValue? { object[key] }
    package var description: String { id }

    /// A recording with `ours` laid over it, if it marks a decision.
    package static func asWeAnswer(_ recorded: JSONObject) -> JSONObject {
        guard recorded["decision"]?.boolValue == true, let ours = recorded["ours"]?.objectValue else { return recorded }
        return recorded.without(["ours", "recorded"]).overlaid(with: ours)
    }
}

/// The recorded cases of one file name: the test's own copy and those of every folder in `FLEXDECK_EXTRA_VECTORS`.
package struct VectorFiles: Sendable {
    /// The whole content of each file found.
    package var documents: [JSONObject] = []
    /// The folders of `documents`, for files that the cases refer to.
    package var folders: [String] = []

    /// - Parameters:
    ///   - name: `iso8601.json`
    ///   - folder: where the test target keeps its own copies
    package init(_ name: String, in folder: String?) throws {
        let extra = ProcessInfo.processInfo.environment["FLEXDECK_EXTRA_VECTORS"] ?? ""
        for folder in [folder].compactMap({ $0 }) + extra.split(separator: ":").map(String.init) {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
            let value = try JSONValue(parsing: Array(data), options: JSONReadOptions(allowsNonFinite: true))
            documents.append(value.objectValue ?? ["vectors": value])
            folders.append(folder)
        }
    }

    /// The members of the list `key` in every file.
    package func vectors(_ key: String = "vectors") -> [Vector] {
        documents.flatMap { document in
            (document[key]?.arrayValue ?? []).enumerated().compactMap { index, element in
                element.objectValue.map { object in
                    let name = object["id"]?.stringValue ?? object["name"]?.stringValue ?? "\(index)"
                    return Vector(id: name, recorded: object)
                }
            }
        }
    }
}

/// Whether two numbers agree as closely as recordings can be expected to.
package func isClose(_ a: Double, _ b: Double, relative: Double = 1e-9, absolute: Double = 1e-9) -> Bool {
    if a == b || (a.isNaN && b.isNaN) { return true }
    return abs(a - b) <= max(relative * max(abs(a), abs(b)), absolute)
}

/// The same over lists, where null is NaN.
package func areClose(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1) }
}

extension JSONValue {
    /// A list of numbers and nulls as doubles, NaN for null; nil for anything else.
    package var numbers: [Double]? {
        guard let elements = arrayValue else { return nil }
        var numbers: [Double] = []
        for element in elements {
            if element.isNull {
                numbers.append(.nan)
            } else if let number = element.doubleValue {
                numbers.append(number)
            } else {
                return nil
            }
        }
        return numbers
    }
}
