import APIContract
import HTTPTypes
import Hummingbird
import NIOCore

/// Reads request bodies within limits of size and time.
enum BodyReading {
    /// The whole body; 413 if it is longer than the limit, 408 if it takes too long.
    static func bytes(of request: Request, limit: Int, timeout: Duration) async throws -> [UInt8] {
        if let text = request.headers[.contentLength], let length = Int(text) {
            if length == 0 { return [] }
            if length > limit { throw APIFailure.tooLarge }
        } else if request.headers[.transferEncoding] == nil, request.head.method == .get {
            return []
        }
        let body = request.body
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await collect(body, limit) }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw APIFailure.plain(408, "The body of the request took too long to arrive.")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private static func collect(_ body: RequestBody, _ limit: Int) async throws -> [UInt8] {
        do {
            return Array(buffer: try await body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw APIFailure.tooLarge
        }
    }
}
