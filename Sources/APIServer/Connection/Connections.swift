import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// Sets up the connections that clients open. All work of a connection is done by its `ConnectionHandler`.
struct Connections: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    let server: ConnectionHandler.Server

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = server.settings.maximumHeaders
            limits.maxHeaderListSize = server.settings.maximumHeaders
            limits.maxHeaderFieldCount = 200
            let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
            try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
            try channel.pipeline.syncOperations.addHandler(ConnectionHandler(server, channel: channel))
            return Value(channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await value.channel.closeFuture.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}
