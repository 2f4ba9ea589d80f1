/// Checks that text that comes in pieces is UTF-8, and says where it is not.
struct UTF8Check {
    private var position = 0
    /// Continuation bytes still to come, and what the next one may be.
    private var missing = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF
    private var lead: (byte: UInt8, position: Int) = (0, 0)

    mutating func check(_ chunk: [UInt8]) throws(SheetFault) {
        if missing == 0, chunk.allSatisfy({ $0 < 0x80 }) {
            position += chunk.count
            return
        }
        for byte in chunk {
            try check(byte)
            position += 1
        }
    }

    /// Call at the end of the text.
    func finish() throws(SheetFault) {
        if missing > 0 { throw fault("unexpected end of data") }
    }

    private mutating func check(_ byte: UInt8) throws(SheetFault) {
        if missing > 0 {
            guard (lowest...highest).contains(byte) else { throw fault("invalid continuation byte") }
            missing -= 1
            (lowest, highest) = (0x80, 0xBF)
            return
        }
        if byte < 0x80 { return }
        lead = (byte, position)
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0...0xEF:
            missing = 2
            if byte == 0xE0 { lowest = 0xA0 }
            if byte == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            missing = 3
            if byte == 0xF0 { lowest = 0x90 }
            if byte == 0xF4 { highest = 0x8F }
        default: throw fault("invalid start byte")
        }
    }

    private func fault(_ what: String) -> SheetFault {
        let hex = String(lead.byte, radix: 16)
        return SheetFault("'utf-8' codec can't decode byte 0x\(hex) in position \(lead.position): \(what)")
    }
}
