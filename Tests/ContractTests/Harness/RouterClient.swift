import APIServer
import NIOHTTP1
import NIOPosix

/// Calls the API without a network.
struct RouterClient: ReplayClient {
    let responder: APIResponder

    func send(_ exchange: Exchange) async throws -> Reply {
        // Operations may wait for the disk, so they have no place on a thread of the cooperative pool.
        try await Workers.shared.runIfActive {
            let request = responder.open(
                method: exchange.method, target: exchange.path,
                headers: HTTPHeaders([("Host", "localhost:5000")] + exchange.headers.map { ($0.name, $0.value) }),
                remoteAddress: "127.0.0.1")
            let reply = responder.answer(request, body: exchange.body)
            let headers = reply.headers + [("Content-Length", "\(reply.body.count)")]
            return Reply(status: reply.status, headers: headers, body: reply.isHead ? [] : reply.body)
        }
    }
}
