import CSodium

/// Unguessable texts.
package enum RandomText {
    /// Hexadecimal digits.
    package static func hexDigits(_ count: Int) -> String { text(of: "0123456789abcdef", count) }

    /// Lower-case letters, as passwords that nobody is meant to know.
    package static func letters(_ count: Int) -> String { text(of: "abcdefghijklmnopqrstuvwxyz", count) }

    private static func text(of alphabet: String, _ count: Int) -> String {
        let characters = Array(alphabet)
        return String((0..<count).map { _ in characters[Int(randombytes_uniform(UInt32(characters.count)))] })
    }
}
