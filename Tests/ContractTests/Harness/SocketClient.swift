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

    /// What became of a client that sends without reading.
    struct Flood {
        var sent = 0
        /// The server has closed the connection.
        var isLeft = false
        /// What had been answered after all.
        var received: [UInt8] = []
    }

    /// Sends the same bytes again and again without reading, until the server takes no more of them for a second or
    /// `most` bytes are sent, and reads afterwards what it has answered.
    ///
    /// - Parameter waitsForEnd: go on until the server closes the connection.
    func flood(_ bytes: [UInt8], atMost most: Int = .max, waitsForEnd: Bool = false) async throws -> Flood {
        try await Workers.shared.runIfActive {
            let descriptor = try connected()
            defer { close(descriptor) }
            var flood = Flood()
            while flood.sent < most {
                let rest = bytes[(flood.sent % bytes.count)...]
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                }
                flood.sent += max(0, count)
                if count > 0 { continue }
                flood.isLeft = errno != EAGAIN
                var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                if flood.isLeft || (poll(&watched, 1, 1000) == 0 && !waitsForEnd) { break }
            }
            if flood.isLeft { return flood }
            shutdown(descriptor, Int32(SHUT_WR))
            flood.received = receiveAll(descriptor)
            return flood
        }
    }

    private func connected() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ReplayError(text: "no socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw ReplayError(text: "no connection: \(errno)")
        }
        return descriptor
    }

    private func blockingRoundTrip(_ bytes: [UInt8], _ isHalfClosed: Bool) throws -> [UInt8] {
        let descriptor = try connected()
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        if isHalfClosed { shutdown(descriptor, Int32(SHUT_WR)) }
        return receiveAll(descriptor)
    }

    private func receiveAll(_ descriptor: Int32) -> [UInt8] {
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
