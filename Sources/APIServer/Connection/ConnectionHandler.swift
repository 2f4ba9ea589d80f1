import APIContract
import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection of a client: takes requests one after the other, has them answered, here if that is quick and else on
/// a worker thread, and ends the connection when client or server want that. All of it runs on the event loop of the
/// channel.
///
/// While requests wait here for the one that is being answered, nothing more is read, and while answers wait for the
/// client to take them, nothing more is answered: a client that sends many at once waits, and one that takes no answers
/// costs no more than one of them.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// What all connections of a server share.
    struct Server: Sendable {
        let responder: APIResponder
        let settings: APISettings
        let workers: WorkerLanes
        let bytes: ReplyBytes
        let posts: PostLane
    }

    /// What the connection is doing.
    enum Phase {
        /// Between requests.
        case idle
        case receiving(Incoming)
        /// A worker has the request.
        case answering
        /// The last answer is sent; what still comes is thrown away until the client closes its side, too. Closing
        /// at once would make the system drop the answer if the client has sent more than was read.
        case ending
    }

    /// A request whose body is still arriving.
    struct Incoming {
        var request: OpenRequest
        /// Whether the client wants to send more requests over the connection, and whether it must be told so.
        var persistence: Persistence
        var body: [UInt8] = []
        /// Bytes that the client says it will send.
        var announced: Int?
        /// Whether the connection goes on after the answer.
        var keeps = false

        mutating func append(_ bytes: ByteBuffer) {
            // A long body grows once instead of by doubling; not before much of it has come, as anybody can announce much.
            if body.count > 1 << 20, let announced, body.capacity < announced { body.reserveCapacity(announced) }
            body.append(contentsOf: bytes.readableBytesView)
        }
    }

    /// Whether a connection outlives a request.
    struct Persistence {
        var keeps: Bool
        var mustBeTold: Bool

        init(_ head: HTTPRequestHead) {
            // The decoder is done with a connection that asks for another protocol, which is never spoken here.
            keeps = head.isKeepAlive && !head.headers.contains(name: "Upgrade")
            mustBeTold = keeps && head.version == .http1_0
        }
    }

    let server: Server
    let remoteAddress: String?
    var phase = Phase.idle
    /// Parts that were read together with a request whose answer is not there, or not taken by the client yet.
    var waiting = CircularBuffer<HTTPServerRequestPart>()
    /// A read that was asked for while requests waited.
    private var owesRead = false
    private var isTakingWaiting = false
    /// The client has sent all it will ever send, or the server wants to end.
    var isLast = false
    /// Of the body, or of the end.
    var deadline: Scheduled<Void>?
    var silence: Scheduled<Void>?
    /// End of the last request, for noticing silence.
    var lastActivity = NIODeadline.now()
    /// Bytes of answers that the client had not taken when it was last looked for silence.
    var unsent = 0

    static let lingering = TimeAmount.seconds(2)

    init(_ server: Server, channel: any Channel) {
        self.server = server
        remoteAddress = channel.remoteAddress?.ipAddress
    }

    func handlerAdded(context: ChannelHandlerContext) { watchForSilence(context) }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        silence?.cancel()
        phase = .ending
        waiting.removeAll()
        context.fireChannelInactive()
    }

    func read(context: ChannelHandlerContext) {
        if mayRead(context) { context.read() } else { owesRead = true }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch phase {
        case .ending: lastActivity = .now()
        case .idle where isHeldUp(context): waiting.append(part)
        case .answering: waiting.append(part)
        case .idle, .receiving: take(part, context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            lastActivity = .now()
            takeWaiting(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed, is ChannelShouldQuiesceEvent: noteEnd(context, event)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
        isLast = true
        switch phase {
        case .answering: return
        // The requests before it are answered first.
        case .idle where !waiting.isEmpty: return
        case .ending: context.close(promise: nil)
        case .idle, .receiving:
            let isTooLong = error == .headerOverflow
            let failure = APIFailure.plain(
                isTooLong ? 431 : 400, isTooLong ? "The headers are too long." : "This is not HTTP.")
            send(server.bytes.buffer(Reply(failure), closes: true, keeps: false), keeps: false, context)
        }
    }

    private func noteEnd(_ context: ChannelHandlerContext, _ event: Any) {
        isLast = true
        switch phase {
        case .idle where !waiting.isEmpty: return
        case .idle: endOnceSent(context)
        // An end in the middle of a body reaches `errorCaught`; a server that wants to end waits for the body.
        case .receiving, .answering: return
        case .ending: if event is ChannelEvent { context.close(promise: nil) }
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch (part, phase) {
        case (.head(let head), .idle): begin(head, context)
        case (.body(let bytes), .receiving(var incoming)):
            // Taken out of the phase so that the array is not copied with every piece.
            phase = .idle
            guard incoming.body.count + bytes.readableBytes <= incoming.request.bodyLimit else {
                return refuse(incoming.request, .tooLarge, context)
            }
            incoming.append(bytes)
            phase = .receiving(incoming)
        case (.end, .receiving(let incoming)): answer(incoming, context)
        default: return
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let request = server.responder.open(
            method: head.method.rawValue, target: head.uri, headers: head.headers, remoteAddress: remoteAddress)
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) }
        if let length, length > request.bodyLimit { return refuse(request, .tooLarge, context) }
        var incoming = Incoming(request: request, persistence: Persistence(head))
        incoming.announced = length
        phase = .receiving(incoming)
        if head.headers.first(name: "Expect")?.lowercased() == "100-continue" {
            context.writeAndFlush(
                wrapOutboundOut(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        }
    }

    private func answer(_ incoming: Incoming, _ context: ChannelHandlerContext) {
        var incoming = incoming
        incoming.keeps = incoming.persistence.keeps && !(isLast && waiting.isEmpty)
        phase = .answering
        deadline?.cancel()
        deadline = nil
        let responder = server.responder
        switch responder.manner(of: incoming.request, bodySize: incoming.body.count) {
        case .atOnce: send(responder.answer(incoming.request, body: incoming.body), to: incoming, context)
        case .worker: answerOnWorker(incoming, context)
        case .together(let route, let parameters, let posting):
            switch responder.prepare(incoming.request, body: incoming.body, route, parameters, posting) {
            case .refused(let reply): send(reply, to: incoming, context)
            case .pending(let post):
                server.posts.store(post, on: context.eventLoop, done: sender(for: incoming, context))
            }
        }
    }

    private func answerOnWorker(_ incoming: Incoming, _ context: ChannelHandlerContext) {
        let send = sender(for: incoming, context)
        let channel = context.channel
        let lane = incoming.request.lane
        let deadline = lane == .reading ? nil : ContinuousClock.now + server.settings.queuePatience
        server.workers[lane].submit { [responder = server.responder] state in
            guard case .active = state else { return channel.close(promise: nil) }
            if let deadline, deadline < .now { return send(responder.refuse(incoming.request, .queueTooLong)) }
            send(responder.answer(incoming.request, body: incoming.body))
        }
    }

    /// Sends an answer from whatever thread made it.
    private func sender(
        for incoming: Incoming, _ context: ChannelHandlerContext
    ) -> @Sendable (Reply) -> Void {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        return { [loop = context.eventLoop, bytes = server.bytes] reply in
            let buffer = bytes.buffer(
                reply, closes: !incoming.keeps, keeps: incoming.keeps && incoming.persistence.mustBeTold)
            let send: @Sendable () -> Void = {
                bound.value.handler.send(buffer, keeps: incoming.keeps, bound.value.context)
            }
            if loop.inEventLoop { send() } else { loop.execute(send) }
        }
    }

    private func send(_ reply: Reply, to incoming: Incoming, _ context: ChannelHandlerContext) {
        let buffer = server.bytes.buffer(
            reply, closes: !incoming.keeps, keeps: incoming.keeps && incoming.persistence.mustBeTold)
        send(buffer, keeps: incoming.keeps, context)
    }

    /// Answers a request whose body is not taken; the connection ends, as the rest of the body is no request.
    func refuse(_ request: OpenRequest, _ failure: APIFailure, _ context: ChannelHandlerContext) {
        let reply = server.responder.refuse(request, failure)
        send(server.bytes.buffer(reply, closes: true, keeps: false), keeps: false, context)
    }

    /// Sends an answer and goes on with the next request, or ends.
    private func send(_ bytes: ByteBuffer, keeps: Bool, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        lastActivity = .now()
        unsent = 0
        if !keeps || (isLast && waiting.isEmpty) { return end(context, with: bytes) }
        phase = .idle
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        takeWaiting(context)
    }

    /// Ends the connection after a last answer.
    func end(_ context: ChannelHandlerContext, with bytes: ByteBuffer) {
        phase = .ending
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { _ in
            bound.value.handler.linger(bound.value.context)
        }
    }

    private func takeWaiting(_ context: ChannelHandlerContext) {
        // Answering at once leads back here; the loop that is running goes on with the next part then.
        if isTakingWaiting { return }
        isTakingWaiting = true
        defer { isTakingWaiting = false }
        while !waiting.isEmpty, !isHeldUp(context) { take(waiting.removeFirst(), context) }
        limitBody(context)
        readIfOwed(context)
    }

    /// Whether the next request has to wait.
    private func isHeldUp(_ context: ChannelHandlerContext) -> Bool {
        switch phase {
        case .answering: true
        case .idle: !context.channel.isWritable
        case .receiving, .ending: false
        }
    }

    private func mayRead(_ context: ChannelHandlerContext) -> Bool {
        if case .ending = phase { return waiting.isEmpty }
        return waiting.isEmpty && context.channel.isWritable
    }

    func readIfOwed(_ context: ChannelHandlerContext) {
        guard owesRead, mayRead(context) else { return }
        owesRead = false
        context.read()
    }
}
