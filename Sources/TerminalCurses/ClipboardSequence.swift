/// The escape sequence by which terminals, also over SSH, put text on the user's clipboard (OSC 52).
enum ClipboardSequence {
    /// Terminals cut longer payloads; what is beyond is left to files.
    static let longest = 74_000

    static func bytes(for text: String, insideTmux: Bool) -> [UInt8] {
        var core: [UInt8] = [0x1B] + Array("]52;c;".utf8)
        core += base64(Array(text.utf8.prefix(longest)))
        core.append(0x07)
        guard insideTmux else { return core }
        // tmux hands a sequence through when it is wrapped, every escape doubled.
        var wrapped: [UInt8] = [0x1B] + Array("Ptmux;".utf8)
        for byte in core { wrapped += byte == 0x1B ? [0x1B, 0x1B] : [byte] }
        return wrapped + [0x1B, 0x5C]
    }

    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var value = 0
            for byte in group { value = value << 8 | Int(byte) }
            value <<= 8 * (3 - group.count)
            for place in 0..<4 {
                let isUsed = place <= group.count
                result.append(isUsed ? alphabet[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return result
    }
}
