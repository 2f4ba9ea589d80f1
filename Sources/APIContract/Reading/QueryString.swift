import EnergyCore

/// The parameters of a URL, decoded, in their order.
package struct QueryString: Sendable {
    package private(set) var items: [(name: String, value: String)] = []

    package init() {}

    /// Splits the part of a URL after the question mark.
    package init(encoded text: Substring) {
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count > 1 ? halves[1] : halves[0][halves[0].endIndex...]
            items.append((PercentText.decoded(halves[0]), PercentText.decoded(value)))
        }
    }

    /// The first value of a name.
    package subscript(name: String) -> String? {
        for item in items where item.name == name { return item.value }
        return nil
    }

    package var isEmpty: Bool { items.isEmpty }

    /// The first value of each name, as texts, for a field reader.
    package var object: JSONObject {
        var result = JSONObject()
        for item in items where result[item.name] == nil { result[item.name] = .string(item.value) }
        return result
    }
}

/// Percent encoding as forms write it.
package enum PercentText {
    /// Decodes `%xx` and plus signs; broken escapes stay as they are and broken UTF-8 is repaired.
    package static func decoded(_ bytes: some Collection<UInt8>, plusIsBlank: Bool = true) -> String {
        let isPlain = !bytes.contains { $0 == UInt8(ascii: "%") || (plusIsBlank && $0 == UInt8(ascii: "+")) }
        if isPlain { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        var pending: [UInt8] = []
        for byte in bytes {
            if !pending.isEmpty || byte == UInt8(ascii: "%") {
                pending.append(byte)
                guard pending.count == 3 else { continue }
                if let high = digit(pending[1]), let low = digit(pending[2]) {
                    result.append(high << 4 | low)
                    pending.removeAll(keepingCapacity: true)
                } else {
                    result.append(pending.removeFirst())
                    if pending[0] != UInt8(ascii: "%") {
                        result.append(pending.removeFirst())
                        if pending[0] != UInt8(ascii: "%") { result.append(pending.removeFirst()) }
                    }
                }
            } else {
                result.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: result + pending, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
