import EnergyCore
import Foundation

/// Compares an answer with an expectation that may hold matchers.
struct Comparison {
    /// Of plain numbers, relative or absolute.
    var tolerance = 1e-6

    private static let matchers: Set<String> = [
        "$any", "$approx", "$unordered", "$subset", "$contains", "$regex", "$any_of", "$len", "$each", "$json",
        "$entries",
    ]

    /// What differs; empty when the value satisfies the expectation.
    func differences(_ expected: JSONValue, _ actual: JSONValue, _ path: String = "$") -> [String] {
        switch expected {
        case .object(let object) where object.contains { Self.matchers.contains($0.key) }:
            return match(object, actual, path)
        case .object(let object):
            guard case .object(let other) = actual else { return [mismatch(path, expected, actual)] }
            return object.flatMap { key, value in
                other[key].map { differences(value, $0, "\(path).\(key)") } ?? ["\(path).\(key): missing"]
            } + other.filter { object[$0.key] == nil }.map { "\(path).\($0.key): unexpected (\(Self.short($0.value)))" }
        case .array(let items):
            guard case .array(let others) = actual, items.count == others.count else {
                return [mismatch(path, expected, actual)]
            }
            return zip(items, others).enumerated().flatMap { index, pair in
                differences(pair.0, pair.1, "\(path)[\(index)]")
            }
        case .int, .double:
            guard let a = expected.doubleValue, let b = actual.doubleValue, isClose(a, b) else {
                return [mismatch(path, expected, actual)]
            }
            return []
        case .null, .bool, .string:
            return expected == actual ? [] : [mismatch(path, expected, actual)]
        }
    }

    private func isClose(_ a: Double, _ b: Double) -> Bool {
        abs(a - b) <= max(tolerance * max(abs(a), abs(b)), tolerance)
    }

    private func mismatch(_ path: String, _ expected: JSONValue, _ actual: JSONValue) -> String {
        "\(path): expected \(Self.short(expected)), got \(Self.short(actual))"
    }

    private func match(_ matcher: JSONObject, _ actual: JSONValue, _ path: String) -> [String] {
        if case .string(let kind) = matcher["$any"] {
            return Self.isAny(kind, actual) ? [] : ["\(path): expected any \(kind), got \(Self.short(actual))"]
        }
        if let middle = matcher["$approx"]?.doubleValue {
            let isNear = actual.doubleValue.map { abs($0 - middle) <= matcher["tol"]?.doubleValue ?? 1e-6 } ?? false
            return isNear ? [] : ["\(path): expected about \(middle), got \(Self.short(actual))"]
        }
        if case .string(let pattern) = matcher["$regex"] {
            let fits = actual.stringValue.map { Self.matches(pattern, $0) } ?? false
            return fits ? [] : ["\(path): expected text like /\(pattern)/, got \(Self.short(actual))"]
        }
        if case .array(let alternatives) = matcher["$any_of"] {
            let fits = alternatives.contains { differences($0, actual, path).isEmpty }
            return fits ? [] : ["\(path): no alternative fits \(Self.short(actual))"]
        }
        if let inner = matcher["$json"] {
            guard let text = actual.stringValue, let value = try? JSONValue(parsing: Array(text.utf8)) else {
                return ["\(path): expected JSON text, got \(Self.short(actual))"]
            }
            return differences(inner, value, "\(path)(json)")
        }
        return matchStructure(matcher, actual, path)
    }

    /// The matchers that may stand together.
    private func matchStructure(_ matcher: JSONObject, _ actual: JSONValue, _ path: String) -> [String] {
        var found: [String] = []
        if case .object(let subset) = matcher["$subset"] {
            guard case .object(let object) = actual else { return ["\(path): expected an object"] }
            for (key, value) in subset {
                found += object[key].map { differences(value, $0, "\(path).\(key)") } ?? ["\(path).\(key): missing"]
            }
        }
        if let length = matcher["$len"]?.doubleValue, actual.arrayValue?.count != Int(length) {
            found.append("\(path): expected length \(length), got \(Self.short(actual))")
        }
        if let pattern = matcher["$each"] {
            guard case .array(let items) = actual else { return found + ["\(path): expected a list"] }
            found += items.enumerated().flatMap { differences(pattern, $1, "\(path)[\($0)]") }
        }
        if case .array(let entries) = matcher["$entries"] { found += matchEntries(entries, actual, path) }
        if case .array(let items) = matcher["$unordered"] { found += matchItems(items, actual, path, isWhole: true) }
        if case .array(let items) = matcher["$contains"] { found += matchItems(items, actual, path, isWhole: false) }
        return found
    }

    private func matchEntries(_ entries: [JSONValue], _ actual: JSONValue, _ path: String) -> [String] {
        guard case .object(let object) = actual else { return ["\(path): expected an object"] }
        var found = object.count == entries.count ? [] : ["\(path): expected \(entries.count) entries"]
        for case .array(let pair) in entries {
            guard case .string(let pattern) = pair[0],
                let key = object.keys.first(where: { Self.matches(pattern, $0) }),
                let value = object[key]
            else {
                found.append("\(path): no key like \(Self.short(pair[0]))")
                continue
            }
            found += differences(pair[1], value, "\(path)[\(key)]")
        }
        return found
    }

    private func matchItems(_ items: [JSONValue], _ actual: JSONValue, _ path: String, isWhole: Bool) -> [String] {
        guard case .array(var rest) = actual else { return ["\(path): expected a list, got \(Self.short(actual))"] }
        var found: [String] = []
        for item in items {
            if let index = rest.firstIndex(where: { differences(item, $0).isEmpty }) {
                rest.remove(at: index)
            } else {
                let nearest = rest.map { differences(item, $0, "\(path)[~]") }.min { $0.count < $1.count } ?? []
                found.append("\(path): no item like \(Self.short(item)); nearest differs: \(nearest.prefix(3))")
            }
        }
        if isWhole, found.isEmpty, let extra = rest.first {
            found.append("\(path): \(rest.count) unexpected items, such as \(Self.short(extra))")
        }
        return found
    }

    static func matches(_ pattern: String, _ text: String) -> Bool {
        guard let regex = try? NSRegularExpression(pattern: pattern, options: [.dotMatchesLineSeparators]) else {
            return false
        }
        return regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    private static func isAny(_ kind: String, _ value: JSONValue) -> Bool {
        if kind.hasSuffix("?") { return value == .null || isAny(String(kind.dropLast()), value) }
        switch (kind, value) {
        case ("any", _), ("int", .int), ("number", .int), ("number", .double), ("string", .string), ("bool", .bool),
            ("list", .array), ("object", .object):
            return true
        case ("id", .int(let id)): return id > 0
        case ("datetime", .string(let text)):
            return matches(#"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$"#, text)
        case ("uuid", .string(let text)):
            return matches("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", text)
        default: return false
        }
    }

    static func short(_ value: JSONValue) -> String {
        let text = String(decoding: value.bytes(), as: UTF8.self)
        return text.count < 200 ? text : text.prefix(200) + "..."
    }
}
