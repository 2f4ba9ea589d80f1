import EnergyCore
import Testing

@Suite("Who may do what", .serialized)
struct PermissionMatrixTests {
    @Test("every operation answers every kind of caller as the table says")
    func matrix() async throws {
        let server = try await ContractServer.start()
        let expired = try await server.expiredToken(of: "client_user")
        let world = try await server.replayWorld()
        var number = 0
        for row in MatrixTable.rows {
            for (caller, expected) in zip(MatrixCaller.allCases, row.expected) {
                number += 1
                let scope = ReplayScope(world, unique: "x\(number)")
                let status = try await ask(row, caller, expired, scope)
                #expect(status == expected, "\(row) as \(caller)")
            }
        }
    }

    @Test("the table leaves no operation out")
    func complete() async throws {
        let server = try await ContractServer.start()
        let listed = Set(MatrixTable.rows.map { Self.shape($0.method, $0.path) })
        let unlisted = server.operations.filter { !listed.contains(Self.shape($0.method, $0.path)) }
        let exceptions: Set<String> = [
            "POST /api/requestAuthToken", "POST /api/v3_0/sensors/{}/data/upload", "GET /api/v3_0/sensors/data",
            "POST /api/v3_0/sensors/data", "POST /api/v3_0/assets/{}/copy",
        ]
        #expect(unlisted.filter { !exceptions.contains(Self.shape($0.method, $0.path)) }.map(\.path) == [])
    }

    /// A path with all its parameters alike.
    private static func shape(_ method: String, _ path: String) -> String {
        var plain = String(path.split(separator: "?")[0])
        while let open = plain.firstRange(of: "{{"), let close = plain[open.upperBound...].firstRange(of: "}}") {
            plain.replaceSubrange(open.lowerBound..<close.upperBound, with: "{}")
        }
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.contains("{") || part.hasPrefix("00000000-") ? "{}" : String(part)
        }
        return "\(method) \(parts.joined(separator: "/"))"
    }

    private func ask(
        _ row: MatrixRow, _ caller: MatrixCaller, _ expired: String, _ scope: ReplayScope
    ) async throws -> Int {
        try await Scratch(scope).make(for: row)
        var exchange = Exchange(method: row.method, path: try await scope.text(row.path), headers: [], body: [])
        exchange.path = exchange.path.replacing(" ", with: "%20")
        switch caller {
        case .anonymous: break
        case .expired: exchange.headers.append(("Authorization", expired))
        default: exchange.headers.append(("Authorization", try await scope.world.token(caller.rawValue)))
        }
        if let body = row.body {
            exchange.body = try await scope.fill(body).bytes()
            exchange.headers.append(("Content-Type", "application/json"))
        }
        return try await scope.world.client.send(exchange).status
    }
}

/// Makes the things that a request of the matrix is about.
private struct Scratch {
    let scope: ReplayScope

    init(_ scope: ReplayScope) {
        self.scope = scope
    }

    func make(for row: MatrixRow) async throws {
        let text = row.path + (row.body.map { $0.text() } ?? "")
        if text.contains("{{user}}") {
            try await make(
                "user", "/api/v3_0/users",
                [
                    "email": "s-{{uniq}}@example.com", "username": "S {{uniq}}",
                    "account_id": "{{account:Riverside Client}}",
                ])
        }
        guard text.contains("{{asset}}") || text.contains("{{sensor}}") else { return }
        try await make(
            "asset", "/api/v3_0/assets",
            [
                "name": "S {{uniq}}", "generic_asset_type_id": "{{asset_type:battery}}",
                "account_id": "{{account:Riverside Client}}",
            ])
        guard text.contains("{{sensor}}") else { return }
        try await make(
            "sensor", "/api/v3_0/sensors",
            ["name": "power", "unit": "kW", "event_resolution": "PT15M", "generic_asset_id": "{{asset}}"])
    }

    private func make(_ name: String, _ path: String, _ body: JSONValue) async throws {
        let headers = [
            (name: "Authorization", value: try await scope.world.token("admin")),
            (name: "Content-Type", value: "application/json"),
        ]
        let exchange = Exchange(method: "POST", path: path, headers: headers, body: try await scope.fill(body).bytes())
        let reply = try await scope.world.client.send(exchange)
        guard let id = reply.json?["id"] else { throw ReplayError(text: "\(path): \(reply.status) \(reply.text)") }
        scope.variables[name] = id
    }
}
