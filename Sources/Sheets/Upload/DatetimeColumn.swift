import EnergyCore

/// Reads one column of datetimes, all of which must have the form of the first.
struct DatetimeColumn {
    private let name: String
    private let isDayFirst: Bool
    private var form: UInt64?
    /// The text that gave the form; texts that differ from it in digits only need no closer look.
    private var model: [UInt8] = []
    private var order = DateOrder.monthFirst

    init(name: String, isDayFirst: Bool) {
        self.name = name
        self.isDayFirst = isDayFirst
    }

    /// nil for an empty cell.
    mutating func read(_ row: borrowing SheetRow, _ index: Int) throws(SheetFault) -> DatetimeReading? {
        switch row.kind(index) {
        case .empty: return nil
        case .datetime:
            try check(form: 0, row, index)
            return DatetimeReading(local: row.localMicroseconds(index), offset: nil)
        case .number:
            throw SheetFault("column \(name) holds numbers instead of datetimes", line: row.line)
        case .text: break
        }
        if self.form == nil {
            model = row.withBytes(index) { Array($0) }
            order = row.withBytes(index) { DatetimeText.order(of: $0, isDayFirst: isDayFirst) }
        }
        let order = order
        guard let reading = row.withBytes(index, { DatetimeText.read($0, order: order) }) else {
            throw SheetFault("not a datetime in column \(name)", line: row.line, text: row.text(index))
        }
        if !row.withBytes(index, isLikeModel) || self.form == nil {
            try check(form: row.withBytes(index, DatetimeColumn.form), row, index)
        }
        return reading
    }

    private func isLikeModel(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == model.count else { return false }
        return model.withUnsafeBufferPointer { model in
            for index in bytes.indices where bytes[index] != model[index] {
                guard bytes[index] &- 48 < 10, model[index] &- 48 < 10 else { return false }
            }
            return true
        }
    }

    /// Whether a cell looks like a datetime, so that its row is no header.
    static func isDatetime(_ row: borrowing SheetRow, _ index: Int) -> Bool {
        switch row.kind(index) {
        case .datetime: true
        case .text:
            row.withBytes(index) {
                DatetimeText.read($0, order: .monthFirst) ?? DatetimeText.read($0, order: .dayFirst)
            } != nil
        default: false
        }
    }

    private mutating func check(form: UInt64, _ row: borrowing SheetRow, _ index: Int) throws(SheetFault) {
        if let first = self.form {
            guard first == form else {
                throw SheetFault(
                    "the datetimes of column \(name) are not all written in the same form", line: row.line,
                    text: row.text(index))
            }
        } else {
            self.form = form
        }
    }

    /// A number that tells forms apart: everything but digits counts, runs of digits count as one, and any offset is as
    /// good as another.
    private static func form(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var isInTime = false
        var isInDigits = false
        for (index, byte) in bytes.enumerated() {
            if byte &- 48 < 10 {
                if !isInDigits { mix(UInt8(ascii: "d")) }
                isInDigits = true
                continue
            }
            isInDigits = false
            if isInTime, byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "Z") {
                mix(UInt8(ascii: "z"))
                break
            }
            if index >= 6, byte == UInt8(ascii: "T") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: ":") {
                isInTime = true
            }
            // AM and PM are the same form.
            mix(byte | 0x20 == UInt8(ascii: "p") ? UInt8(ascii: "a") : byte)
        }
        return hash
    }
}
