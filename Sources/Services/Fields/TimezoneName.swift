import EnergyCore

/// Names of time zones as people type them.
enum TimezoneName {
    static func isKnown(_ name: String) -> Bool { Zone.named(name) != nil }

    /// What to say about an unknown name: the closest known one, if it is close, else an example.
    static func refusal(of name: String, example: String) -> String {
        if let close = closest(to: name) { return "Invalid timezone '\(name)'. Did you mean '\(close)'?" }
        return "Invalid timezone '\(name)'. Example: \(example)."
    }

    private static func closest(to name: String) -> String? {
        let letters = Array(name.utf8)
        var best: (name: String, ratio: Double)?
        for candidate in ZoneDatabase.names {
            let ratio = similarity(letters, Array(candidate.utf8))
            if ratio >= 0.6, ratio > best?.ratio ?? 0 { best = (candidate, ratio) }
        }
        return best?.name
    }

    /// Twice the number of letters in common blocks, by the number of all letters (Ratcliff and Obershelp).
    private static func similarity(_ a: [UInt8], _ b: [UInt8]) -> Double {
        guard a.count + b.count > 0 else { return 1 }
        // No block can be longer than the shorter text: most candidates end here.
        guard 2 * Double(min(a.count, b.count)) / Double(a.count + b.count) >= 0.6 else { return 0 }
        return 2 * Double(matches(a[...], b[...])) / Double(a.count + b.count)
    }

    private static func matches(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
        guard let block = longestBlock(a, b) else { return 0 }
        return block.length
            + matches(a[..<block.a], b[..<block.b])
            + matches(a[(block.a + block.length)...], b[(block.b + block.length)...])
    }

    private static func longestBlock(
        _ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>
    ) -> (a: Int, b: Int, length: Int)? {
        var best: (a: Int, b: Int, length: Int)?
        var lengths: [Int: Int] = [:]
        for i in a.indices {
            var next: [Int: Int] = [:]
            for j in b.indices where a[i] == b[j] {
                let length = (lengths[j - 1] ?? 0) + 1
                next[j] = length
                if length > best?.length ?? 0 { best = (i - length + 1, j - length + 1, length) }
            }
            lengths = next
        }
        return best
    }
}
