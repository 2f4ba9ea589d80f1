import EnergyCore

/// Makes the addresses of sensors as the USEF standard spells them: `ea1.2026-12.localhost:fm1.7`.
package struct EntityAddresses: Sendable {
    /// All that comes before the sensor's id; nil if the host is unknown.
    private let prefix: String?

    /// - Parameters:
    ///   - host: as clients call this server, without the port.
    ///   - hosts: host names and the month from which they were held.
    ///   - zone: the server's own.
    package init(host: String, hosts: [String: String], now: Instant, zone: Zone) {
        let name = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
        if ["", "127.0.0.1", "localhost", "[::1]"].contains(name) {
            let next = zone.local(now).date.adding(months: 1)
            prefix = "ea1.\(next.description.prefix(7)).localhost:fm1."
        } else {
            prefix = hosts[name].map { "ea1.\($0).\(Self.reversed(name)):fm1." }
        }
    }

    package func address(of sensor: SensorID) -> String {
        prefix.map { $0 + "\(sensor)" } ?? "no entity address available"
    }

    /// Public suffixes of two parts that stay together when a name is turned around.
    private static let secondLevels: Set<String> = [
        "ac", "co", "com", "edu", "gov", "net", "org", "gob", "or", "ne", "go",
    ]

    private static func reversed(_ host: String) -> String {
        var labels = host.split(separator: ".").map(String.init)
        guard labels.count >= 3, labels[labels.count - 1].count == 2, secondLevels.contains(labels[labels.count - 2])
        else {
            return labels.reversed().joined(separator: ".")
        }
        let suffix = labels.suffix(2).joined(separator: ".")
        labels.removeLast(2)
        return ([suffix] + labels.reversed()).joined(separator: ".")
    }

    /// The sensor id at the end of an address.
    package static func sensorID(in address: String) throws(EntityAddressError) -> SensorID {
        guard address.hasPrefix("ea1") else { throw .notAnAddress(address) }
        let parts = address.split(separator: ":fm1.", omittingEmptySubsequences: false)
        let month = address.split(separator: ".").dropFirst().first ?? ""
        guard parts.count == 2, let id = Int(parts[1]), month.count == 7, month.contains("-") else {
            throw .notAnAddress(address)
        }
        return id
    }
}

/// Why a text is no entity address.
package enum EntityAddressError: Error, Hashable, Sendable {
    case notAnAddress(String)

    package var message: String {
        switch self {
        case .notAnAddress(let text):
            text.hasPrefix("ea1")
                ? "Could not parse entity address \(text)."
                : "A valid type 1 USEF entity address starts with 'ea1', please review \(text)"
        }
    }
}
