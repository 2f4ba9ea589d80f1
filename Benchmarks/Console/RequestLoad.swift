import Foundation
import Synchronization
import TestSupport

/// A client that asks for the list of the API's versions at a steady rate over one connection.
final class RequestLoad: Sendable {
    private let isOver = Atomic(false)
    private let answered = Atomic(0)
    private let start = ContinuousClock.now

    init(port: Int, each pause: Double) throws {
        let descriptor = try Self.connect(port)
        let thread = Thread { [self] in
            let request = Array("GET /api/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8)
            var buffer = [UInt8](repeating: 0, count: 16_384)
            // Paced by the clock and not by pauses, so that neither answers nor late wake-ups slow it down.
            var next = PseudoTerminal.now
            while !isOver.load(ordering: .relaxed) {
                guard write(descriptor, request, request.count) == request.count, read(descriptor, &buffer, buffer.count) > 0 else { break }
                answered.add(1, ordering: .relaxed)
                next += pause
                let rest = next - PseudoTerminal.now
                if rest > 0 { usleep(UInt32(rest * 1e6)) }
            }
            close(descriptor)
        }
        thread.start()
    }

    private static func connect(_ port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
        }
        guard status == 0 else { throw BenchmarkFailure("port \(port): \(String(cString: strerror(errno)))") }
        return descriptor
    }

    /// Ends the load; requests answered a second.
    func stop() -> Double {
        isOver.store(true, ordering: .relaxed)
        let elapsed = start.duration(to: .now) / .seconds(1)
        return Double(answered.load(ordering: .relaxed)) / elapsed
    }
}
