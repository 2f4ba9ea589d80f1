/// Builds zip archives without compression, for workbooks that no spreadsheet would write. The fuzzers use it as well.
struct StoredZip {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    mutating func add(_ name: String, _ content: [UInt8]) {
        var header: [UInt8] = []
        header += StoredZip.little(20, 2) + [0, 0, 0, 0, 0, 0, 0, 0]
        header += StoredZip.little(UInt64(StoredZip.checksum(content)), 4)
        header += StoredZip.little(UInt64(content.count), 4) + StoredZip.little(UInt64(content.count), 4)
        header += StoredZip.little(UInt64(name.utf8.count), 2) + [0, 0]
        let position = UInt64(bytes.count)
        bytes += [0x50, 0x4B, 3, 4] + header + Array(name.utf8) + content
        directory += [0x50, 0x4B, 1, 2] + StoredZip.little(20, 2) + header
        directory += [UInt8](repeating: 0, count: 10) + StoredZip.little(position, 4) + Array(name.utf8)
        count += 1
    }

    mutating func add(_ name: String, _ text: String) {
        add(name, Array(text.utf8))
    }

    var finished: [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        end += StoredZip.little(UInt64(count), 2) + StoredZip.little(UInt64(count), 2)
        end += StoredZip.little(UInt64(directory.count), 4) + StoredZip.little(UInt64(bytes.count), 4) + [0, 0]
        return bytes + directory + end
    }

    private static func little(_ number: UInt64, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }

    /// CRC-32 as zip wants it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }
}
