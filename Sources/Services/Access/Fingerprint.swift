import CSodium

/// Hashes for telling things apart (not for passwords).
enum Fingerprint {
    /// BLAKE2b of a text, 32 bytes.
    static func of(_ text: String) -> [UInt8] {
        of(Array(text.utf8))
    }

    /// BLAKE2b of bytes, 32 bytes.
    static func of(_ bytes: [UInt8]) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: 32)
        crypto_generichash(&hash, hash.count, bytes, UInt64(bytes.count), nil, 0)
        return hash
    }
}
