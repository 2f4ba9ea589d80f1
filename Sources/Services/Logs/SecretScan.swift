/// Goes through a text once and masks what follows the names of secrets, however they are written: as a query, a
/// header, a setting or JSON, in any case.
struct SecretScan {
    /// Longer ones before those that they begin with.
    static let names = [
        "authorization", "authentication_token", "auth_token", "access_token", "reset_token", "password_confirm",
        "password",
        "passwd", "secret", "token", "api_key", "set-cookie", "cookie",
    ]
    private static let spelled = names.map { Array($0.utf8) }
    private static let bearer = Array("bearer ".utf8)
    private static let resetLink = Array("/reset/".utf8)

    /// Where a secret begins, and what ends it.
    private struct Secret {
        var start: Int
        /// The quote it stands in.
        var quote: UInt8?
        /// A header's value has spaces in it.
        var isLine = false
    }

    private let bytes: [UInt8]
    private var result: [UInt8] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The text with every secret masked.
    mutating func masked() -> String {
        result.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            guard let secret = secret(namedAt: place) else {
                result.append(bytes[place])
                place += 1
                continue
            }
            result += bytes[place..<secret.start]
            place = end(of: secret)
            if place > secret.start { result += Redaction.mask.utf8 }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func secret(namedAt place: Int) -> Secret? {
        if matches(Self.resetLink, at: place) { return Secret(start: place + Self.resetLink.count) }
        if place > 0, isLetter(bytes[place - 1]) { return nil }
        if matches(Self.bearer, at: place) { return Secret(start: place + Self.bearer.count) }
        for (index, name) in Self.spelled.enumerated() where matches(name, at: place) {
            return secret(
                after: place + name.count,
                isLine: ["authorization", "set-cookie", "cookie"].contains(Self.names[index]))
        }
        return nil
    }

    /// What follows `: `, `=`, `": "` and the like.
    private func secret(after place: Int, isLine: Bool) -> Secret? {
        var place = skipQuote(from: place)
        place = skipSpaces(from: place)
        guard place < bytes.count, bytes[place] == UInt8(ascii: ":") || bytes[place] == UInt8(ascii: "=") else {
            return nil
        }
        place = skipSpaces(from: place + 1)
        let inside = skipQuote(from: place)
        return Secret(start: inside, quote: inside > place ? bytes[inside - 1] : nil, isLine: isLine)
    }

    private func end(of secret: Secret) -> Int {
        var place = secret.start
        while place < bytes.count {
            let byte = bytes[place]
            if let quote = secret.quote {
                if byte == quote { return place }
                if byte == UInt8(ascii: "\\"), place + 1 < bytes.count, bytes[place + 1] == quote,
                    place + 2 < bytes.count
                {
                    place += 1
                }
            } else if secret.isLine {
                if byte < 32 || byte == UInt8(ascii: "\"") { return place }
            } else if byte <= 32 || Self.delimiters.contains(byte) {
                return place
            }
            place += 1
        }
        return place
    }

    private static let delimiters = Set("\"'&,;<>)]}".utf8)

    private func matches(_ word: [UInt8], at place: Int) -> Bool {
        guard place + word.count <= bytes.count else { return false }
        return word.indices.allSatisfy { lowered(bytes[place + $0]) == word[$0] }
    }

    private func skipSpaces(from place: Int) -> Int {
        var place = place
        while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
        return place
    }

    /// Also one that is escaped, as in JSON within JSON.
    private func skipQuote(from place: Int) -> Int {
        var place = place
        if place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"), isQuote(bytes[place + 1]) { place += 1 }
        return place < bytes.count && isQuote(bytes[place]) ? place + 1 : place
    }

    private func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
    private func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= lowered(byte) }
    private func lowered(_ byte: UInt8) -> UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 32 : byte }
}
