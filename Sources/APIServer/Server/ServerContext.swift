import Hummingbird
import Logging
import NIOCore

/// What belongs to a request besides its bytes.
package struct ServerContext: InitializableFromSource {
    package typealias Source = ApplicationRequestContextSource

    let remoteAddress: String?

    package init(source: ApplicationRequestContextSource) {
        remoteAddress = source.channel.remoteAddress?.ipAddress
    }

    /// A request that came over no network.
    package init(remoteAddress: String?) {
        self.remoteAddress = remoteAddress
    }
}
