import Glibc
import NIOPosix

/// Speaks HTTP 1.1 over a socket, one connection per request.
struct SocketClient: ReplayClient {
    let port: Int

    func send(_ exchange: Exchange) async throws -> Reply {
        var head = "\(exchange.method) \(exchange.path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in exchange.headers { head += "\(name): \(value)\r\n" }
        if !exchange.body.isEmpty || exchange.method != "GET" { head += "Content-Length: \(exchange.body.count)\r\n" }
        return try Self.reply(to: exchange.method, try await roundTrip(Array((head + "\r\n").utf8) + exchange.body))
    }

    /// Sends bytes as they are and returns all that comes back.
    ///
    /// - Parameter isHalfClosed: tell the server that nothing more will come.
    func roundTrip(_ bytes: [UInt8], isHalfClosed: Bool = false) async throws -> [UInt8] {
        // Not on a thread of the cooperative pool: the server needs those to answer.
        try await Workers.shared.runIfActive { try blockingRoundTrip(bytes, isHalfClosed) }
    }

    private func blockingRoundTrip(_ bytes: [UInt8], _ isHalfClosed: Bool) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ReplayError(text: "no socket") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw ReplayError(text: "no connection: \(errno)") }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        if isHalfClosed { shutdown(descriptor, Int32(SHUT_WR)) }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { return received }
            received += buffer[..<count]
        }
    }

    static func reply(to method: String, _ bytes: [UInt8]) throws -> Reply {
        guard let split = bytes.firstRange(of: [13, 10, 13, 10]) else { throw ReplayError(text: "no answer") }
        let lines = String(decoding: bytes[..<split.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw ReplayError(text: "no status line")
        }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        return Reply(status: status, headers: headers, body: Array(bytes[split.upperBound...]))
    }
}
