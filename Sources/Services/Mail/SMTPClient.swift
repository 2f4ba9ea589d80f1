import FoundationEssentials
import Glibc

/// Sends a mail to a server in the neighbourhood, without encryption: to a relay on this machine or in its network.
struct SMTPClient {
    private let socket: Int32
    private var buffer: [UInt8] = []

    /// Sends one mail; throws with the server's words if it refuses.
    static func send(
        _ message: MailMessage, to host: String, port: Int, credentials: (name: String, password: String)?
    ) throws {
        guard !(message.sender + message.recipient).contains(where: { $0.isNewline || $0 == ">" }) else {
            throw MailError("a mail address holds what no address may")
        }
        var client = SMTPClient(socket: try connect(host, port))
        defer { close(client.socket) }
        try client.expect(220)
        try client.say("EHLO localhost", expecting: 250)
        if let credentials {
            let secret = Data("\0\(credentials.name)\0\(credentials.password)".utf8).base64EncodedString()
            try client.say("AUTH PLAIN \(secret)", expecting: 235)
        }
        try client.say("MAIL FROM:<\(message.sender)>", expecting: 250)
        try client.say("RCPT TO:<\(message.recipient)>", expecting: 250)
        try client.say("DATA", expecting: 354)
        // A line that is a full stop ends the mail.
        let body = message.text.replacing("\r\n.", with: "\r\n..")
        try client.say("\(body)\r\n.", expecting: 250)
        try? client.say("QUIT", expecting: 221)
    }

    private init(socket: Int32) {
        self.socket = socket
    }

    private static func connect(_ host: String, _ port: Int) throws -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, String(port), &hints, &found)
        guard result == 0 else { throw MailError("\(host): \(String(cString: gai_strerror(result)))") }
        defer { freeaddrinfo(found) }
        var next = found
        while let address = next?.pointee {
            let socket = Glibc.socket(address.ai_family, address.ai_socktype, address.ai_protocol)
            var patience = timeval(tv_sec: 30, tv_usec: 0)
            let size = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
            setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
            if Glibc.connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return socket }
            close(socket)
            next = address.ai_next
        }
        throw MailError("no mail server answers at \(host):\(port)")
    }

    private mutating func say(_ line: String, expecting code: Int) throws {
        var bytes = Array("\(line)\r\n".utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw MailError("the mail server hung up") }
            bytes = bytes.dropFirst(count)
        }
        try expect(code)
    }

    private mutating func expect(_ code: Int) throws {
        while true {
            let line = try readLine()
            let isLast = !line.dropFirst(3).hasPrefix("-")
            if isLast, Int(line.prefix(3)) == code { return }
            if isLast { throw MailError("the mail server says: \(line)") }
        }
    }

    private mutating func readLine() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            var chunk = [UInt8](repeating: 0, count: 1024)
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0, buffer.count < 65_536 else { throw MailError("the mail server does not answer") }
            buffer += chunk.prefix(count)
        }
    }
}
