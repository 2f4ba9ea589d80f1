import NIOCore
import NIOPosix

/// Why a server could not start.
package enum ServerError: Error, Hashable, Sendable {
    case portBusy(host: String, port: Int)
    case portForbidden(host: String, port: Int)
    case addressUnknown(host: String)

    init?(_ error: any Error, host: String, port: Int) {
        if let error = error as? IOError {
            switch error.errnoCode {
            case 98: self = .portBusy(host: host, port: port)
            case 13: self = .portForbidden(host: host, port: port)
            case 99: self = .addressUnknown(host: host)
            default: return nil
            }
        } else if error is SocketAddressError || error is NIOConnectionError {
            self = .addressUnknown(host: host)
        } else {
            return nil
        }
    }
}

extension ServerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .portBusy(let host, let port):
            "Port \(port) on \(host) is taken by another program; choose one with --port."
        case .portForbidden(let host, let port):
            "Port \(port) on \(host) needs more rights than this program has; choose one above 1023 with --port."
        case .addressUnknown(let host):
            "This machine has no address \(host)."
        }
    }
}
