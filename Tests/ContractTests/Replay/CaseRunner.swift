import EnergyCore

/// Runs recorded cases against a server and says what differs.
struct CaseRunner {
    let world: ReplayWorld
    /// Lets queued work finish; called between the tries of a poll.
    let work: @Sendable () async throws -> Void

    /// The differences of a case, step by step; empty when it passes.
    func run(_ recorded: Transcript.Case, unique: String) async -> [String] {
        let scope = ReplayScope(world, unique: unique)
        var cookies = ""
        var problems: [String] = []
        for (index, step) in recorded.steps.enumerated() {
            let label = "step \(index + 1) \(step["method"]?.stringValue ?? "") \(step["path"]?.stringValue ?? "")"
            do {
                let reply = try await send(step, scope, &cookies)
                let isComplete = capture(step, reply, scope)
                let found = try await judge(step, reply, scope)
                problems += found.map { "\(label): \($0)" }
                if found.isEmpty, !isComplete { problems.append("\(label): nothing to capture") }
                if !isComplete || (!found.isEmpty && step["role"]?.stringValue == "setup") { break }
            } catch {
                problems.append("\(label): \(error)")
                break
            }
        }
        for step in recorded.teardown { _ = try? await send(step, scope, &cookies) }
        return problems
    }

    private func send(_ step: JSONObject, _ scope: ReplayScope, _ cookies: inout String) async throws -> Reply {
        var exchange = try await ExchangeBuilder(step: step, scope: scope).exchange()
        if step["cookies"] != nil, !cookies.isEmpty { exchange.headers.append(("Cookie", cookies)) }
        let poll = step["poll"]?.objectValue
        let waits = (poll?["while_status"]?.arrayValue ?? [poll?["while_status"] ?? .null]).compactMap(\.doubleValue)
        for _ in 0..<40 {
            let reply = try await world.client.send(exchange)
            if let cookie = reply.header("Set-Cookie")?.split(separator: ";").first { cookies = String(cookie) }
            guard poll != nil, waits.contains(Double(reply.status)) else { return reply }
            if let text = poll?["while_text"]?.stringValue, !Comparison.matches(text, reply.text) { return reply }
            try await work()
        }
        return try await world.client.send(exchange)
    }

    private func capture(_ step: JSONObject, _ reply: Reply, _ scope: ReplayScope) -> Bool {
        var isComplete = true
        for (name, path) in step["capture"]?.objectValue ?? [:] {
            let value = (path.stringValue ?? "").split(separator: ".").reduce(reply.json) { value, part in
                switch value {
                case .object(let object): object[String(part)]
                case .array(let items): Int(part).flatMap { items.indices.contains($0) ? items[$0] : nil }
                default: nil
                }
            }
            if let value { scope.variables[name] = value } else { isComplete = false }
        }
        return isComplete
    }

    /// Either the recorded answer or that of the written contract will do.
    private func judge(_ step: JSONObject, _ reply: Reply, _ scope: ReplayScope) async throws -> [String] {
        guard let expected = step["expect"]?.objectValue else { return [] }
        let found = try await judge(reply, expected, scope)
        guard !found.isEmpty, let other = step["expect_seed"]?.objectValue else { return found }
        return try await judge(reply, other, scope).isEmpty ? [] : found
    }

    private func judge(_ reply: Reply, _ expected: JSONObject, _ scope: ReplayScope) async throws -> [String] {
        let statuses = (expected["status"]?.arrayValue ?? [expected["status"] ?? .null]).compactMap(\.doubleValue)
        guard statuses.contains(Double(reply.status)) else {
            return ["expected status \(statuses), got \(reply.status); body: \(reply.text.prefix(400))"]
        }
        let comparison = Comparison(tolerance: expected["tolerance"]?.doubleValue ?? 1e-6)
        var found: [String] = []
        for (name, wanted) in expected["headers"]?.objectValue ?? [:] {
            found += try await judge(header: name, wanted, reply.header(name), scope)
        }
        if let json = expected["json"] {
            if let actual = reply.json {
                found += comparison.differences(try await scope.fill(json), actual)
            } else {
                found.append("expected JSON, got \(reply.text.prefix(200))")
            }
        }
        if let text = expected["text"] {
            found += comparison.differences(try await scope.fill(text), .string(reply.text))
        }
        if expected["empty"] == .bool(true), !["", "{}", "{}\n"].contains(reply.text) {
            found.append("expected no body, got \(reply.text.prefix(200))")
        }
        return found
    }

    private func judge(
        header name: String, _ wanted: JSONValue, _ got: String?, _ scope: ReplayScope
    ) async throws -> [String] {
        switch wanted {
        case .null:
            return got == nil ? [] : ["header \(name): expected none, got \(got ?? "")"]
        case .string(let text):
            let wanted = try await scope.text(text).lowercased()
            let main = got?.split(separator: ";").first.map { $0.lowercased() }
            return main == wanted ? [] : ["header \(name): expected \(wanted), got \(got ?? "none")"]
        default:
            return Comparison().differences(
                try await scope.fill(wanted), got.map(JSONValue.string) ?? .null, "header \(name)")
        }
    }
}
