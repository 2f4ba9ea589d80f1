import EnergyCore
import NIOCore
import NIOHTTP1
import Synchronization

/// Writes answers as bytes of HTTP 1.1.
final class ReplyBytes: Sendable {
    private let clock: any WallClock
    private let date = Mutex<(second: Int64, line: [UInt8])>((.min, []))

    init(clock: any WallClock) {
        self.clock = clock
    }

    /// Head and body in one piece.
    ///
    /// - Parameters:
    ///   - closes: say that the connection ends after this answer
    ///   - keeps: say that it does not, which only clients of HTTP 1.0 need to be told
    func buffer(_ reply: Reply, closes: Bool, keeps: Bool) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 384 + (reply.isHead ? 0 : reply.body.count))
        let status = HTTPResponseStatus(statusCode: reply.status)
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString("\(reply.status) ")
        buffer.writeString(status.reasonPhrase)
        buffer.writeStaticString("\r\n")
        for (name, value) in reply.headers {
            buffer.writeString(name)
            buffer.writeStaticString(": ")
            write(value, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
        if status.mayHaveResponseBody {
            buffer.writeStaticString("Content-Length: ")
            buffer.writeString(String(reply.body.count))
            buffer.writeStaticString("\r\n")
        }
        if closes { buffer.writeStaticString("Connection: close\r\n") }
        if keeps { buffer.writeStaticString("Connection: keep-alive\r\n") }
        writeDate(to: &buffer)
        if !reply.isHead, status.mayHaveResponseBody { buffer.writeBytes(reply.body) }
        return buffer
    }

    /// Values may quote what a client or a user wrote; a line break in one would be read as a header of ours.
    private func write(_ value: String, to buffer: inout ByteBuffer) {
        if value.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
            buffer.writeBytes(value.utf8.map { $0 < 32 || $0 == 127 ? UInt8(ascii: " ") : $0 })
        } else {
            buffer.writeString(value)
        }
    }

    /// The last header and the end of the head. The text is made once a second.
    private func writeDate(to buffer: inout ByteBuffer) {
        let now = clock.now
        let second = now.seconds
        let line = date.withLock { known in
            if known.second != second { known = (second, Array("Date: \(now.httpText)\r\n\r\n".utf8)) }
            return known.line
        }
        buffer.writeBytes(line)
    }
}
