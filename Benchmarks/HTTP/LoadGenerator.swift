import Glibc

/// Clients on one thread, each with a connection of its own over which it sends the next request when it has the answer
/// to the last one.
struct LoadGenerator {
    let port: Int

    struct Outcome {
        var perSecond: Double
        /// Microseconds from sending a request to having its answer.
        var median: Int
        var nearlyAll: Int
        /// Microseconds of processor time for each request, those of the client included: on a busy machine the one
        /// figure that still means something.
        var processor: Double
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Sends requests for a while.
    ///
    /// - Parameter request: the bytes of the request with this number of a client
    func run(clients: Int, seconds: Double, request: (_ client: Int, _ number: Int) -> [UInt8]) throws -> Outcome {
        var open: [Client] = []
        defer { for client in open { close(client.descriptor) } }
        for _ in 0..<clients { open.append(Client(descriptor: try connected())) }
        var sockets = open.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var took: [Int32] = []
        took.reserveCapacity(1_000_000)
        let begin = Self.nanoseconds()
        let usedBefore = Self.nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID)
        let end = begin + Int64(seconds * 1e9)
        for index in open.indices { try open[index].send(request(index, 0)) }
        var atWork = clients
        while atWork > 0 {
            if poll(&sockets, nfds_t(clients), 5_000) <= 0 { throw Failure(description: "no answer within five seconds") }
            for index in sockets.indices where sockets[index].revents != 0 {
                guard try open[index].receive() else { continue }
                let now = Self.nanoseconds()
                took.append(Int32((now - open[index].sentAt) / 1000))
                if now < end {
                    try open[index].send(request(index, open[index].answers))
                } else {
                    atWork -= 1
                }
            }
        }
        let wall = Double(Self.nanoseconds() - begin) / 1e9
        let used = Double(Self.nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID) - usedBefore) / 1e3
        took.sort()
        return Outcome(
            perSecond: Double(took.count) / wall, median: Int(took[took.count / 2]),
            nearlyAll: Int(took[took.count * 99 / 100]), processor: used / Double(took.count))
    }

    /// One request over a connection of its own; returns the body of the answer.
    func answer(to request: [UInt8]) throws -> [UInt8] {
        var client = Client(descriptor: try connected())
        defer { close(client.descriptor) }
        try client.send(request)
        while try !client.receive() {}
        return client.body
    }

    private func connected() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(description: "no connection: \(errno)") }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    static func nanoseconds(of clock: clockid_t = CLOCK_MONOTONIC) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// One connection.
private struct Client {
    let descriptor: Int32
    var sentAt: Int64 = 0
    var answers = 0
    private var received: [UInt8] = []
    private(set) var body: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: 65_536)

    init(descriptor: Int32) { self.descriptor = descriptor }

    mutating func send(_ bytes: [UInt8]) throws {
        sentAt = LoadGenerator.nanoseconds()
        guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw LoadGenerator.Failure(description: "cannot send")
        }
    }

    /// Takes what has arrived; returns whether the answer is complete. Only answers with status 200 or 201 count.
    mutating func receive() throws -> Bool {
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { throw LoadGenerator.Failure(description: "the server closed the connection") }
        received += chunk[..<count]
        guard let head = Self.place(of: "\r\n\r\n", in: received),
            let field = Self.place(of: "Content-Length: ", in: received)
        else { return false }
        let length = received[(field + 16)...].prefix { $0 >= 48 && $0 <= 57 }.reduce(0) { $0 * 10 + Int($1) - 48 }
        guard received.count >= head + 4 + length else { return false }
        guard received[9] == UInt8(ascii: "2") else {
            throw LoadGenerator.Failure(description: String(decoding: received.prefix(600), as: UTF8.self))
        }
        body = Array(received[(head + 4)...])
        received.removeAll(keepingCapacity: true)
        answers += 1
        return true
    }

    private static func place(of text: StaticString, in bytes: [UInt8]) -> Int? {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes.count >= wanted.count else { return nil }
        return (0...(bytes.count - wanted.count)).first { start in
            bytes[start] == wanted[0] && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
