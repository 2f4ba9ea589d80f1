import CSodium
import Foundation

/// Argon2id hashes of passwords. Both functions take tens of milliseconds on purpose: call them on a thread of your own.
package enum PasswordHash {
    /// A hash with its parameters and a salt of its own.
    /// - Throws: `PasswordHashError` when the machine has not the memory the cost asks for.
    package static func make(_ password: String, cost: ServiceSettings.PasswordCost) throws(PasswordHashError) -> String
    {
        let bytes = normalised(password)
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
        let status = crypto_pwhash_str_alg(
            &text, bytes, UInt64(bytes.count), cost.passes, cost.memoryBytes, crypto_pwhash_ALG_ARGON2ID13)
        guard status == 0 else { throw PasswordHashError() }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether a password is the one behind a hash; takes the same time for a wrong one.
    package static func matches(_ password: String, _ hash: String) -> Bool {
        let bytes = normalised(password)
        return crypto_pwhash_str_verify(hash, bytes, UInt64(bytes.count)) == 0
    }

    /// The form of a hash that no password has, of the same cost as those that are made.
    package static func decoy(cost: ServiceSettings.PasswordCost) -> String {
        let (salt, hash) = (String(repeating: "A", count: 22), String(repeating: "A", count: 43))
        return "$argon2id$v=19$m=\(cost.memoryBytes / 1024),t=\(cost.passes),p=1$\(salt)$\(hash)"
    }

    /// The same letters typed on different keyboards give the same bytes.
    private static func normalised(_ password: String) -> [CChar] {
        password.decomposedStringWithCompatibilityMapping.utf8.map(CChar.init(bitPattern:))
    }
}

/// There was not enough memory to hash a password.
package struct PasswordHashError: Error, Hashable, Sendable {
    package init() {}
}
