/// A version of a source, comparable as version numbers are: 10 > 2, `0.31.0` > `0.31.0.dev3`, `1.0rc1` < `1.0`.
/// No version counts as 0.0.0, and so does a text that is no version number.
package struct SourceVersion: Hashable, Sendable {
    private var epoch = 0
    /// Without zeros at the end.
    private var release: [Int] = []
    /// Place among the versions of one release: phase (development, alpha, beta, candidate, final), then its number,
    /// then the number of the post-release (-1: none), then that of the development release (the highest: none).
    private var place = [SourceVersion.final, 0, -1, Int.max]

    private static let development = 0
    private static let final = 4

    package init(_ text: String?) {
        var scanner = Scanner(text ?? "")
        scanner.skip("v")
        guard var number = scanner.number() else { return }
        if scanner.skip("!") {
            epoch = number
            guard let first = scanner.number() else { return }
            number = first
        }
        release = [number]
        while let next = scanner.numberAfterPoint() { release.append(next) }
        while release.last == 0 { release.removeLast() }
        readSuffixes(&scanner)
    }

    private mutating func readSuffixes(_ scanner: inout Scanner) {
        let phases = ["alpha": 1, "a": 1, "beta": 2, "b": 2, "preview": 3, "pre": 3, "rc": 3, "c": 3]
        while let (word, number) = scanner.suffix() {
            if let phase = phases[word] {
                place[0] = phase
                place[1] = number
            } else if word == "post" || word == "rev" || word == "r" {
                place[2] = number
            } else if word == "dev" {
                place[3] = number
                if place[0] == SourceVersion.final, place[2] < 0 { place[0] = SourceVersion.development }
            } else {
                return
            }
        }
    }
}

extension SourceVersion: Comparable {
    package static func < (a: SourceVersion, b: SourceVersion) -> Bool {
        if a.epoch != b.epoch { return a.epoch < b.epoch }
        if a.release != b.release { return a.release.lexicographicallyPrecedes(b.release) }
        return a.place.lexicographicallyPrecedes(b.place)
    }
}

/// Reads the parts of a version text from left to right.
private struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text.lowercased()[...].utf8
        while let first = rest.first, first == UInt8(ascii: " ") { rest.removeFirst() }
    }

    @discardableResult
    mutating func skip(_ character: Character) -> Bool {
        guard let first = rest.first, first == character.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number() -> Int? {
        let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty, let value = Int(Substring(digits)) else { return nil }
        rest = rest.dropFirst(digits.count)
        return value
    }

    mutating func numberAfterPoint() -> Int? {
        let saved = rest
        guard skip("."), let value = number() else {
            rest = saved
            return nil
        }
        return value
    }

    /// A word with its number (none is 0), with or without separators before either.
    mutating func suffix() -> (word: String, number: Int)? {
        skipSeparator()
        let letters = rest.prefix { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
        guard !letters.isEmpty else { return nil }
        rest = rest.dropFirst(letters.count)
        skipSeparator()
        return (String(Substring(letters)), number() ?? 0)
    }

    private mutating func skipSeparator() {
        if !skip("."), !skip("-") { skip("_") }
    }
}
