import EnergyCore
import Foundation

/// Makes a request from a recorded step.
struct ExchangeBuilder {
    let step: JSONObject
    let scope: ReplayScope

    func exchange() async throws -> Exchange {
        var exchange = Exchange(
            method: step["method"]?.stringValue ?? "GET", path: try await path(),
            headers: [("Accept", "application/json")],
            body: [])
        switch step["as"]?.stringValue ?? "anonymous" {
        case "anonymous": break
        case "bad-token": exchange.headers.append(("Authorization", "this-is-not-a-valid-token"))
        case let user: exchange.headers.append(("Authorization", try await scope.world.token(user)))
        }
        if let json = step["json"] {
            exchange.body = try await scope.fill(json).bytes()
            exchange.headers.append(("Content-Type", "application/json"))
        } else if let body = step["body"]?.stringValue {
            exchange.body = Array(try await scope.text(body).utf8)
        } else if step["files"] != nil || step["form"] != nil {
            exchange.body = try await multipart()
            exchange.headers.append(("Content-Type", "multipart/form-data; boundary=\(Self.boundary)"))
        }
        for (name, value) in step["headers"]?.objectValue ?? [:] {
            exchange.headers.removeAll { $0.name.lowercased() == name.lowercased() }
            if let text = value.stringValue { exchange.headers.append((name, try await scope.text(text))) }
        }
        return exchange
    }

    private func path() async throws -> String {
        var path = Self.quoted(try await scope.text(step["path"]?.stringValue ?? ""), keeping: "/%:@+,;=~!$&'()*-._")
        if let query = step["query"]?.objectValue {
            var pairs: [String] = []
            for (name, value) in query {
                for item in value.arrayValue ?? [value] {
                    let filled = try await scope.fill(item)
                    let text = filled.stringValue ?? String(decoding: filled.bytes(), as: UTF8.self)
                    pairs.append("\(Self.quoted(name, keeping: "-._~"))=\(Self.quoted(text, keeping: "-._~"))")
                }
            }
            path += "?" + pairs.joined(separator: "&")
        } else if let query = step["raw_query"]?.stringValue {
            path += "?" + (try await scope.text(query))
        }
        return path
    }

    private static func quoted(_ text: String, keeping kept: String) -> String {
        text.utf8.map { byte in
            let scalar = Character(Unicode.Scalar(byte))
            let isKept = byte < 128 && (scalar.isLetter || scalar.isNumber || kept.contains(scalar))
            return isKept ? String(scalar) : (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static let boundary = "----contractboundary"

    private func multipart() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in step["form"]?.objectValue ?? [:] {
            let text = try await scope.fill(value)
            let content = text.stringValue ?? String(decoding: text.bytes(), as: UTF8.self)
            bytes += Array(
                "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(content)\r\n".utf8)
        }
        for file in (step["files"]?.arrayValue ?? []).compactMap(\.objectValue) {
            let name = file["field"]?.stringValue ?? ""
            let filename = try await scope.text(file["filename"]?.stringValue ?? "")
            let type = file["content_type"]?.stringValue ?? "text/csv"
            bytes += Array(
                ("--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(filename)\"\r\n"
                    + "Content-Type: \(type)\r\n\r\n").utf8)
            if let encoded = file["base64"]?.stringValue, let data = Data(base64Encoded: encoded) {
                bytes += data
            } else {
                bytes += Array(try await scope.text(file["text"]?.stringValue ?? "").utf8)
            }
            bytes += [13, 10]
        }
        return bytes + Array("--\(Self.boundary)--\r\n".utf8)
    }
}
