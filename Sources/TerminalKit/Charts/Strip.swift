/// Charts of one row: spark lines in tables and strips of levels.
package enum Strip {
    /// The values squeezed into so many cells, each cell the mean of its share; blanks where nothing is known.
    package static func spark(_ values: [Double?], width: Int, glyphs: GlyphSet) -> String {
        let cells = glyphs == .braille ? width * 2 : width
        let squeezed = resampled(values, to: cells)
        let known = squeezed.compactMap { $0 }.filter(\.isDrawable)
        guard let low = known.min(), let high = known.max() else { return String(repeating: " ", count: max(0, width)) }
        func share(_ value: Double) -> Double { high > low ? (value - low) / (high - low) : 0.5 }
        if glyphs == .braille { return braille(squeezed.map { $0.map(share) }) }
        let levels = glyphs.glyphs.levels
        return String(
            squeezed.map { value in
                value.map { levels[min(7, Int(share($0) * 7.999))] } ?? " "
            })
    }

    /// Shrinks or stretches: a cell is the mean of the values that fall into it, or the value that covers it.
    package static func resampled(_ values: [Double?], to count: Int) -> [Double?] {
        guard count > 0 else { return [] }
        guard !values.isEmpty else { return [Double?](repeating: nil, count: count) }
        return (0..<count).map { cell in
            let from = cell * values.count / count
            let to = max(from + 1, (cell + 1) * values.count / count)
            let known = values[from..<to].compactMap { $0 }.filter(\.isDrawable)
            return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }
    }

    /// Two filled columns of up to four dots per cell.
    private static func braille(_ shares: [Double?]) -> String {
        let left: [UInt32] = [0, 0x40, 0x44, 0x46, 0x47]
        let right: [UInt32] = [0, 0x80, 0xA0, 0xB0, 0xB8]
        func height(_ index: Int) -> Int {
            guard index < shares.count, let share = shares[index] else { return 0 }
            return 1 + min(3, Int(share * 3.999))
        }
        var result = ""
        for index in stride(from: 0, to: shares.count, by: 2) {
            let dots = 0x2800 + left[height(index)] + right[height(index + 1)]
            result.unicodeScalars.append(Unicode.Scalar(dots) ?? " ")
        }
        return result
    }
}
