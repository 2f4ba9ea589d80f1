import APIContract
import NIOCore

extension ConnectionHandler {
    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        limitBody(context)
    }

    /// Starts the time that a body may take, if one is arriving.
    func limitBody(_ context: ChannelHandlerContext) {
        guard case .receiving = phase, deadline == nil else { return }
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(server.settings.bodyTimeout)) {
            bound.value.handler.giveUpOnBody(bound.value.context)
        }
    }

    private func giveUpOnBody(_ context: ChannelHandlerContext) {
        deadline = nil
        guard case .receiving(let incoming) = phase else { return }
        refuse(incoming.request, .plain(408, "The body of the request took too long to arrive."), context)
    }

    /// Closes the server's side of the connection, waits for the client to close its own, and closes for good. A client
    /// that is still sending a body which was refused reads the answer only afterwards: it gets as long as bodies get.
    func linger(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        deadline?.cancel()
        waiting.removeAll()
        context.close(mode: .output, promise: nil)
        readIfOwed(context)
        watchEnd(context, until: .now() + max(Self.lingering, TimeAmount(server.settings.bodyTimeout)))
    }

    /// Closes the connection once nothing has come for a moment, or when the time is up.
    private func watchEnd(_ context: ChannelHandlerContext, until end: NIODeadline) {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(deadline: min(lastActivity + Self.lingering, end)) {
            let (handler, context) = bound.value
            guard handler.lastActivity + Self.lingering > .now(), end > .now() else {
                return context.close(promise: nil)
            }
            handler.watchEnd(context, until: end)
        }
    }

    /// Closes an idle connection, at once if the client has taken all answers.
    func endOnceSent(_ context: ChannelHandlerContext) {
        if context.unsentBytes == 0 { return context.close(promise: nil) }
        end(context, with: ByteBuffer())
    }

    /// Closes the connection if nothing was asked over it for long, or nothing taken of what was answered. One task per
    /// connection looks now and then, as moving it with every request would cost more than looking once too often.
    func watchForSilence(_ context: ChannelHandlerContext) {
        let patience = TimeAmount(server.settings.idleTimeout)
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        silence = context.eventLoop.scheduleTask(deadline: lastActivity + patience) {
            let (handler, context) = bound.value
            guard context.channel.isActive else { return }
            // What is thrown away at the end of a connection is no sign that the answer is taken.
            if handler.isEnding || handler.lastActivity + patience <= .now() {
                if handler.isGivenUp(context) { return context.close(promise: nil) }
                handler.lastActivity = .now()
            }
            handler.watchForSilence(context)
        }
    }

    private var isEnding: Bool {
        if case .ending = phase { return true }
        return false
    }

    private func isGivenUp(_ context: ChannelHandlerContext) -> Bool {
        let before = unsent
        unsent = context.unsentBytes
        if unsent > 0 { return unsent == before }
        if case .idle = phase { return true }
        return false
    }
}

extension ChannelHandlerContext {
    /// Bytes of answers that the client has not taken yet, beyond what the system keeps.
    fileprivate var unsentBytes: Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
