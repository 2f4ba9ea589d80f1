import APIContract
import NIOCore

extension ConnectionHandler {
    /// Starts the time that a body may take, unless it has arrived already.
    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
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

    /// Closes the connection if nothing was asked over it for long. One task per connection looks now and then, as
    /// moving it with every request would cost more than looking once too often.
    func watchForSilence(_ context: ChannelHandlerContext) {
        let patience = TimeAmount(server.settings.idleTimeout)
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        silence = context.eventLoop.scheduleTask(deadline: lastActivity + patience) {
            let (handler, context) = bound.value
            guard context.channel.isActive else { return }
            if case .idle = handler.phase, handler.lastActivity + patience <= .now() {
                return context.close(promise: nil)
            }
            if handler.lastActivity + patience <= .now() { handler.lastActivity = .now() }
            handler.watchForSilence(context)
        }
    }
}
