import EnergyCore
import Foundation
import Services

/// The variables and placeholders of one case.
final class ReplayScope {
    let world: ReplayWorld
    private let now: Instant
    var variables: [String: JSONValue]

    init(_ world: ReplayWorld, unique: String) {
        self.world = world
        now = SystemClock().now
        variables = ["uniq": .string(unique)]
    }

    /// Fills placeholders; a string that is just one takes the type of its value.
    func fill(_ value: JSONValue) async throws -> JSONValue {
        switch value {
        case .object(let object):
            var filled = JSONObject()
            for (key, member) in object { filled[try await text(key)] = try await fill(member) }
            return .object(filled)
        case .array(let items):
            var filled: [JSONValue] = []
            for item in items { filled.append(try await fill(item)) }
            return .array(filled)
        case .string(let text):
            if text.hasPrefix("{{"), text.hasSuffix("}}"), text.dropFirst(2).firstRange(of: "{{") == nil {
                return try await self.value(String(text.dropFirst(2).dropLast(2)))
            }
            return .string(try await self.text(text))
        default:
            return value
        }
    }

    func text(_ template: String) async throws -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            result += rest[..<open.lowerBound]
            let value = try await value(String(rest[open.upperBound..<close.lowerBound]))
            result += value.stringValue ?? String(decoding: value.bytes(), as: UTF8.self)
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    private func value(_ expression: String) async throws -> JSONValue {
        let expression = expression.trimmingCharacters(in: .whitespaces)
        if let value = variables[expression] { return value }
        if expression.hasPrefix("now") { return .string(try clock(expression)) }
        let parts = expression.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ReplayError(text: "unknown placeholder \(expression)") }
        switch parts[0] {
        case "email", "password": return .string(try world.user(parts[1], parts[0]))
        case "token": return .string(try await world.token(parts[1]))
        default: return try await world.lookUp(parts[0], parts[1])
        }
    }

    /// `now`, `now+PT1H`, `now-P1D|floor:PT15M`, in UTC.
    private func clock(_ expression: String) throws -> String {
        let parts = expression.split(separator: "|")
        var time = Instant(seconds: now.seconds)
        let shift = parts[0].dropFirst(3)
        if !shift.isEmpty {
            let span = try ISODuration(parsingAnyLength: String(shift.dropFirst())).span
            time = shift.hasPrefix("-") ? time - span : time + span
        }
        for part in parts.dropFirst() where part.hasPrefix("floor:") {
            let step = try ISODuration(parsingAnyLength: String(part.dropFirst(6))).span.microseconds
            time = Instant(microseconds: time.microseconds / step * step)
        }
        return time.text(offset: 0)
    }
}
