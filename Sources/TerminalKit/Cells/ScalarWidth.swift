/// How many cells a Unicode scalar takes, and which scalars must never reach a terminal.
package enum ScalarWidth {
    /// What is drawn for a scalar.
    package enum Treatment: Equatable, Sendable {
        case width(Int)
        /// Joins the scalar before it.
        case combining
        /// Has no picture of its own and would upset the terminal's idea of the line.
        case drop
        /// A control character: shown as a question mark.
        case replace
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
        0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
        0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
        0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
        0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
        0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E,
        0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF,
        0x1AFF0...0x1B2FF, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A,
        0x1F200...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA,
        0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440,
        0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567, 0x1F57A...0x1F57A,
        0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC,
        0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6D7, 0x1F6DC...0x1F6DF, 0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC,
        0x1F7E0...0x1F7EB, 0x1F7F0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF,
        0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]

    /// Direction marks, joiners, variation selectors, invisible operators, tags: no cell of their own, and bidirectional
    /// overrides could reorder the rest of the line.
    private static let dropped: [ClosedRange<UInt32>] = [
        0x00AD...0x00AD, 0x061C...0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
        0x202A...0x202E, 0x2060...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0,
        0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF,
    ]

    /// How a scalar is drawn.
    package static func treatment(of scalar: Unicode.Scalar) -> Treatment {
        let value = scalar.value
        if value >= 0x20 && value < 0x7F { return .width(1) }
        if value == 0x09 || value == 0x0A { return .width(1) }
        if value < 0xA0 || value == 0x2028 || value == 0x2029 { return .replace }
        if value < 0xAD { return .width(1) }
        if contains(value, dropped) { return .drop }
        if value < 0x300 { return .width(1) }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .combining
        case .control, .surrogate: return .replace
        case .unassigned, .privateUse: return .width(contains(value, wide) ? 2 : 1)
        default: break
        }
        return .width(value >= 0x1100 && contains(value, wide) ? 2 : 1)
    }

    private static func contains(_ value: UInt32, _ ranges: [ClosedRange<UInt32>]) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }
}

/// Widths of whole texts, as they will be drawn.
package enum TextWidth {
    /// The number of cells the text takes.
    package static func of(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + cells($1) }
    }

    /// The text cut to so many cells; a cut is marked with the ellipsis.
    package static func truncated(_ text: String, to width: Int, ellipsis: Character) -> String {
        if text.utf8.count <= width && text.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) { return text }
        guard width > 0 else { return "" }
        guard of(text) > width else { return text }
        return prefix(text, cells: width - 1) + String(ellipsis)
    }

    /// The text cut or filled with blanks to exactly so many cells.
    package static func padded(_ text: String, to width: Int, align: TextAlignment, ellipsis: Character) -> String {
        let cut = truncated(text, to: width, ellipsis: ellipsis)
        let space = String(repeating: " ", count: max(0, width - of(cut)))
        switch align {
        case .left: return cut + space
        case .right: return space + cut
        case .centre:
            let left = space.count / 2
            return String(repeating: " ", count: left) + cut + String(repeating: " ", count: space.count - left)
        }
    }

    /// The longest beginning of the text that fits.
    package static func prefix(_ text: String, cells room: Int) -> String {
        var result = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            let width = cells(scalar)
            if used + width > room { break }
            used += width
            result.append(scalar)
        }
        return String(result)
    }

    /// Lines of at most so many cells, broken at blanks where possible.
    package static func wrapped(_ text: String, to width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            var used = 0
            for word in paragraph.split(separator: " ", omittingEmptySubsequences: true) {
                var rest = String(word)
                if used > 0, used + 1 + of(rest) > width {
                    lines.append(line)
                    line = ""
                    used = 0
                }
                while of(rest) > width {
                    let part = prefix(rest, cells: width)
                    guard !part.isEmpty else { break }
                    lines.append(part)
                    rest = String(rest.unicodeScalars.dropFirst(part.unicodeScalars.count))
                }
                line += (used > 0 ? " " : "") + rest
                used += (used > 0 ? 1 : 0) + of(rest)
            }
            lines.append(line)
        }
        return lines
    }

    private static func cells(_ scalar: Unicode.Scalar) -> Int {
        switch ScalarWidth.treatment(of: scalar) {
        case .width(let width): width
        case .replace: 1
        case .combining, .drop: 0
        }
    }
}

/// Where a text stands in its room.
package enum TextAlignment: Hashable, Sendable {
    case left
    case right
    case centre
}
