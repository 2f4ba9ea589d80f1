import APIServer
import HTTPTypes
import Hummingbird
import NIOCore

/// Calls the API without a network.
struct RouterClient: ReplayClient {
    let responder: APIResponder

    func send(_ exchange: Exchange) async throws -> Reply {
        var fields = HTTPFields()
        for (name, value) in exchange.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        if !exchange.body.isEmpty { fields[.contentLength] = "\(exchange.body.count)" }
        let request = Request(
            head: HTTPRequest(
                method: .init(exchange.method) ?? .get, scheme: "http", authority: "localhost:5000",
                path: exchange.path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(bytes: exchange.body)))
        let response = try await responder.respond(to: request, context: ServerContext(remoteAddress: "127.0.0.1"))
        let sink = Sink()
        try await response.body.write(sink)
        return Reply(
            status: response.status.code, headers: response.headers.map { ($0.name.rawName, $0.value) },
            body: await sink.collector.bytes)
    }

    /// Collects what a response writes.
    private struct Sink: ResponseBodyWriter {
        let collector = Collector()

        mutating func write(_ buffer: ByteBuffer) async throws {
            await collector.append(Array(buffer: buffer))
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    private actor Collector {
        var bytes: [UInt8] = []

        func append(_ more: [UInt8]) { bytes += more }
    }
}
