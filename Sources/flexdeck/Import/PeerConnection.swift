import EnergyCore
import Foundation

/// Requests to another server. They go through the program `curl`, which knows TLS, proxies and certificates as this
/// machine is set up for them.
final class PeerConnection {
    /// Without a slash at its end.
    let address: String
    private let email: String
    private let password: String
    private var token: String?

    /// An answer that is no success.
    struct Refusal: Error, CustomStringConvertible {
        let status: Int
        let path: String
        let text: String

        var description: String { "\(path): the server answered \(status) \(text)" }
    }

    init(address: String, email: String, password: String) throws {
        var address = address
        while address.hasSuffix("/") { address.removeLast() }
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
            throw CommandFailure("'\(address)': write the server's address as https://ems.example.com.")
        }
        self.address = address
        self.email = email
        self.password = password
    }

    /// What a path answers.
    func get(_ path: String, _ query: [(String, String)] = []) throws -> JSONValue {
        let parameters = query.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
        let whole = path + (parameters.isEmpty ? "" : "?" + parameters)
        if token == nil { try signIn() }
        var answer = try send(whole)
        if answer.status == 401 {
            // Tokens end; long copies outlive them.
            try signIn()
            answer = try send(whole)
        }
        guard answer.status == 200 else {
            throw Refusal(status: answer.status, path: path, text: Self.reason(answer.body))
        }
        return try JSONValue(parsing: answer.body)
    }

    private func signIn() throws {
        token = nil
        let body: JSONValue = ["email": .string(email), "password": .string(password)]
        let answer = try send("/api/requestAuthToken", body: body.text())
        guard answer.status == 200, let token = try JSONValue(parsing: answer.body)["auth_token"]?.stringValue else {
            throw CommandFailure("\(address) does not let \(email) in: \(Self.reason(answer.body))")
        }
        self.token = token
    }

    private func send(_ path: String, body: String? = nil) throws -> (status: Int, body: [UInt8]) {
        var lines = [
            "url = \(Self.quoted(address + path))", "silent", "show-error", "connect-timeout = 20", "max-time = 600",
            "retry = 4", "retry-connrefused", "header = \"Accept: application/json\"",
            "write-out = \"\\n%{http_code}\"",
        ]
        if let token { lines.append("header = \(Self.quoted("Authorization: \(token)"))") }
        if let body { lines += ["header = \"Content-Type: application/json\"", "data = \(Self.quoted(body))"] }
        // Secrets go through standard input: arguments can be read by everybody on the machine.
        let result = try Self.run(["curl", "--config", "-"], input: lines.joined(separator: "\n") + "\n")
        guard result.status != 127 else { throw CommandFailure("The program 'curl' is needed for this; install it.") }
        guard result.status == 0 else {
            throw CommandFailure(
                "\(address) is out of reach: \(String(decoding: result.errors, as: UTF8.self).split(separator: "\n").last ?? "")"
            )
        }
        guard let cut = result.output.lastIndex(of: UInt8(ascii: "\n")),
            let status = Int(String(decoding: result.output[(cut + 1)...], as: UTF8.self))
        else { throw CommandFailure("\(address) gave no answer.") }
        return (status, Array(result.output[..<cut]))
    }

    private static func run(
        _ command: [String], input: String
    ) throws -> (status: Int32, output: [UInt8], errors: [UInt8]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let bytes = [UInt8](try output.fileHandleForReading.readToEnd() ?? Data())
        let texts = [UInt8](try errors.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        return (process.terminationStatus, bytes, texts)
    }

    /// A text as curl's configuration has it.
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                byte < 128 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
            return isPlain || "-._~".utf8.contains(byte) ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
        }.joined()
    }

    /// What an answer says about itself, on one line.
    private static func reason(_ body: [UInt8]) -> String {
        let value = try? JSONValue(parsing: body)
        let message = value?["message"] ?? value?["errors"]
        return TextTable.printable(message?.stringValue ?? message?.text() ?? "")
    }
}
