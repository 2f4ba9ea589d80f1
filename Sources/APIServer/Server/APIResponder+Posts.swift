import APIContract
import Services

/// A post of a client that is checked and waits to be stored.
final class PendingPost: Sendable {
    fileprivate let request: OpenRequest
    fileprivate let route: Route
    fileprivate let post: CheckedPost
    fileprivate let standing: RateLimiter.Standing?

    fileprivate init(request: OpenRequest, route: Route, post: CheckedPost, standing: RateLimiter.Standing?) {
        self.request = request
        self.route = route
        self.post = post
        self.standing = standing
    }
}

extension APIResponder {
    /// Where a request is best answered.
    enum Manner {
        /// On the event loop: it is in memory, or read within a fraction of a millisecond.
        case atOnce
        /// Checked on the event loop, and stored together with what other clients post at the same time.
        case together(Route, [String: String], Route.Posting)
        /// On a thread that may wait.
        case worker
    }

    /// Bytes of a body that are read in little time.
    private static let smallBody = 16 << 10

    func manner(of request: OpenRequest, bodySize: Int) -> Manner {
        guard bodySize <= Self.smallBody else { return .worker }
        switch request.outcome {
        case .answer: return .atOnce
        case .route(let route, let parameters):
            if let posting = route.posting { return .together(route, parameters, posting) }
            guard let isQuick = route.isQuick, environment.services.context.store.hasIdleReader,
                isQuick(parameters, request.target.query)
            else { return .worker }
            return .atOnce
        }
    }

    /// What became of a post before it is stored.
    enum Prepared {
        case pending(PendingPost)
        case refused(Reply)
    }

    func prepare(
        _ request: OpenRequest, body: [UInt8], _ route: Route, _ parameters: [String: String],
        _ posting: Route.Posting
    ) -> Prepared {
        switch environment.check(posting, route, parameters, incoming(request, body)) {
        case .post(let post, let standing):
            .pending(PendingPost(request: request, route: route, post: post, standing: standing))
        case .refused(let answer): .refused(reply(answer, to: request))
        }
    }

    /// Stores posts, and answers each. May wait for the disk. They are stored `together` unless it is known that one of them
    /// is refused.
    func store(_ posts: [PendingPost], together: Bool) -> [Reply] {
        zip(posts, environment.services.data.store(posts.map(\.post), together: together)).map { answer($0, $1) }
    }

    /// Stores posts together, or returns nil where that would mean waiting for another writer.
    ///
    /// - Throws: why one of several posts is refused
    func storeAtOnce(_ posts: [PendingPost]) throws -> [Reply]? {
        try environment.services.data.storeUnlessBusy(posts.map(\.post)).map { zip(posts, $0).map { answer($0, $1) } }
    }

    /// Answers a post that is not stored.
    func refuse(_ post: PendingPost, _ failure: APIFailure) -> Reply { refuse(post.request, failure) }

    private func answer(_ pending: PendingPost, _ result: Result<DataReceipt, any Error>) -> Reply {
        reply(environment.answer(result, pending.route, pending.standing), to: pending.request)
    }
}
