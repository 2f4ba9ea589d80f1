/// Colour names, `#rrggbb` and the way from 256 colours down to 16 and 8.
package enum Palette {
    private static let names: [String: UInt8] = [
        "black": 0, "red": 1, "green": 2, "yellow": 3, "blue": 4, "magenta": 5, "cyan": 6, "white": 7,
        "bright-black": 8, "bright-red": 9, "bright-green": 10, "bright-yellow": 11, "bright-blue": 12,
        "bright-magenta": 13, "bright-cyan": 14, "bright-white": 15, "grey": 8, "gray": 8,
    ]

    /// The usual values of the first sixteen entries.
    private static let base: [(Int, Int, Int)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    private static let steps = [0, 95, 135, 175, 215, 255]

    /// A colour by name, palette number or `#rrggbb`; nil when the text is none of them.
    package static func color(_ text: String) -> TerminalColor? {
        if text == "default" { return .standard }
        if let number = names[text] { return .index(number) }
        if let number = UInt8(text) { return .index(number) }
        guard text.hasPrefix("#"), text.utf8.count == 7, let value = Int(text.dropFirst(), radix: 16) else {
            return nil
        }
        return .index(nearest(red: value >> 16, green: (value >> 8) & 255, blue: value & 255))
    }

    /// A colour as ground, given with or without `#` and with three or six digits, and black or white for letters on it.
    package static func ground(_ text: String) -> (ground: TerminalColor, letters: TerminalColor)? {
        var digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
        if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
        guard digits.utf8.count == 6, let value = Int(digits, radix: 16) else { return nil }
        let (red, green, blue) = (value >> 16, (value >> 8) & 255, value & 255)
        let isLight = red * 299 + green * 587 + blue * 114 > 140_000
        return (.index(nearest(red: red, green: green, blue: blue)), .index(isLight ? 16 : 231))
    }

    /// The palette entry (of the cube and the greys, which terminals do not redefine) nearest to a colour.
    package static func nearest(red: Int, green: Int, blue: Int) -> UInt8 {
        func step(_ value: Int) -> Int {
            steps.indices.min { abs(steps[$0] - value) < abs(steps[$1] - value) } ?? 0
        }
        let cube = (step(red), step(green), step(blue))
        let cubeIndex = 16 + 36 * cube.0 + 6 * cube.1 + cube.2
        let grey = min(23, max(0, ((red + green + blue) / 3 - 3) / 10))
        let greyIndex = 232 + grey
        let want = (red, green, blue)
        return UInt8(distance(want, rgb(cubeIndex)) <= distance(want, rgb(greyIndex)) ? cubeIndex : greyIndex)
    }

    /// The colour reduced to what a terminal can show.
    package static func reduced(_ color: TerminalColor, to depth: ColorDepth) -> TerminalColor {
        guard case .index(let index) = color else { return .standard }
        switch depth {
        case .none: return .standard
        case .full: return color
        case .sixteen where index < 16, .eight where index < 8: return color
        case .sixteen, .eight:
            let count = depth == .sixteen ? 16 : 8
            let want = rgb(Int(index))
            // A grey stays colourless, and readable on black: yellow may be nearer in numbers but says something.
            if max(want.0, want.1, want.2) - min(want.0, want.1, want.2) < 24 {
                return .index(want.0 < 40 ? 0 : count == 16 && want.0 < 150 ? 8 : 7)
            }
            let found = (0..<count).min { distance(want, base[$0]) < distance(want, base[$1]) } ?? 7
            return .index(UInt8(found))
        }
    }

    /// Red, green and blue of a palette entry, each up to 255.
    static func rgb(_ index: Int) -> (Int, Int, Int) {
        if index < 16 { return base[index] }
        if index >= 232 {
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        }
        let cube = index - 16
        return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    }

    private static func distance(_ a: (Int, Int, Int), _ b: (Int, Int, Int)) -> Int {
        let (r, g, b) = (a.0 - b.0, a.1 - b.1, a.2 - b.2)
        return 3 * r * r + 4 * g * g + 2 * b * b
    }
}
