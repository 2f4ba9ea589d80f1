/// How much of the room a part of a stack wants.
package enum LayoutShare: Hashable, Sendable {
    /// Exactly so many rows or columns, if there is room.
    case fixed(Int)
    /// A share of what the fixed parts leave, at least so many. Parts that cannot get their minimum vanish, last first.
    case flexible(weight: Int, minimum: Int)
}

/// Cuts a length into parts.
package enum Layout {
    /// The lengths of the parts; zero for a part that found no room. Earlier parts are served first.
    package static func lengths(_ shares: [LayoutShare], in total: Int) -> [Int] {
        var result = [Int](repeating: 0, count: shares.count)
        var left = max(0, total)
        var kept: [Int] = []
        for (index, share) in shares.enumerated() {
            let need =
                switch share {
                case .fixed(let length): length
                case .flexible(_, let minimum): minimum
                }
            guard need <= left else { continue }
            result[index] = need
            left -= need
            kept.append(index)
        }
        let flexible = kept.compactMap { index -> (index: Int, weight: Int)? in
            if case .flexible(let weight, _) = shares[index] { (index, max(0, weight)) } else { nil }
        }
        let weights = flexible.reduce(0) { $0 + $1.weight }
        guard weights > 0 else { return result }
        let spare = left
        var weightSeen = 0
        var given = 0
        for part in flexible {
            weightSeen += part.weight
            let upTo = spare * weightSeen / weights
            result[part.index] += upTo - given
            given = upTo
        }
        return result
    }

    /// Stacked rectangles from top to bottom.
    package static func rows(_ shares: [LayoutShare], in rect: Rect) -> [Rect] {
        var y = rect.y
        return lengths(shares, in: rect.height).map { height in
            defer { y += height }
            return Rect(x: rect.x, y: y, width: rect.width, height: height)
        }
    }

    /// Rectangles side by side from left to right.
    package static func columns(_ shares: [LayoutShare], in rect: Rect) -> [Rect] {
        var x = rect.x
        return lengths(shares, in: rect.width).map { width in
            defer { x += width }
            return Rect(x: x, y: rect.y, width: width, height: rect.height)
        }
    }
}
