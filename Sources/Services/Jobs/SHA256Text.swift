import CSodium

/// The hash by which clients tell whether a text has changed.
package enum SHA256Text {
    /// SHA-256 of the UTF-8 bytes, as hexadecimal digits.
    package static func hash(of text: String) -> String {
        let bytes = Array(text.utf8)
        var hash = [UInt8](repeating: 0, count: 32)
        crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
        return hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
