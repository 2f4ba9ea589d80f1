/// Reads the first worksheet of a workbook row by row: the packed text is unpacked and parsed in pieces.
final class WorkbookReader: RowReader {
    private let part: ZipPart
    private let parser: XMLReader
    private let sheet: WorksheetPart
    private var isAtEnd = false

    init(_ source: SheetSource) throws(SheetFault) {
        let workbook = try Workbook(source)
        part = try ZipPart(workbook.archive, name: workbook.sheet, limit: Workbook.sheetLimit)
        sheet = WorksheetPart(workbook)
        parser = try XMLReader(sheet, name: workbook.sheet)
    }

    var progress: Double { part.size > 0 ? min(1, Double(part.position) / Double(part.size)) : 1 }

    func next(_ row: inout SheetRow) throws(SheetFault) -> Bool {
        while true {
            while let next = sheet.take() {
                if !next.isBlank {
                    row = next
                    return true
                }
            }
            if isAtEnd { return false }
            let chunk = try part.next()
            isAtEnd = chunk == nil
            try parser.feed(chunk)
            if let fault = sheet.fault { throw fault }
        }
    }
}

/// A worksheet in the making: collects the rows of the pieces read so far.
final class WorksheetPart: XMLHandler {
    private let workbook: Workbook
    private var rows: [SheetRow] = []
    private var taken = 0
    private(set) var fault: SheetFault?

    private var row = SheetRow()
    private var lastLine = 0
    private var column = 0
    private var type = CellType.number
    private var isDate = false
    private var isInValue = false
    private var isInHint = false
    private var value: [UInt8] = []

    private enum CellType {
        case number, shared, text, date, error, flag
    }

    /// Excel ends here; a reference beyond it would only make us allocate.
    private static let columnLimit = 16_384

    init(_ workbook: Workbook) {
        self.workbook = workbook
    }

    /// The next finished row.
    func take() -> SheetRow? {
        guard taken < rows.count else {
            rows.removeAll(keepingCapacity: true)
            taken = 0
            return nil
        }
        taken += 1
        return rows[taken - 1]
    }

    func open(_ element: XMLElement) {
        if element.name == "c" {
            openCell(element)
        } else if element.name == "v" {
            isInValue = true
        } else if element.name == "t" {
            isInValue = !isInHint
        } else if element.name == "rPh" {
            isInHint = true
        } else if element.name == "row" {
            lastLine = element.int("r") ?? lastLine + 1
            row.begin(line: lastLine)
            column = -1
        }
    }

    func close(_ name: XMLName) {
        if name == "v" || name == "t" {
            isInValue = false
        } else if name == "c" {
            closeCell()
        } else if name == "rPh" {
            isInHint = false
        } else if name == "row" {
            rows.append(row)
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInValue { value.append(contentsOf: bytes) }
    }

    private func openCell(_ element: XMLElement) {
        column = element["r"].flatMap(WorksheetPart.column) ?? column + 1
        isDate = element.int("s").map(workbook.dateStyles.contains) ?? false
        value.removeAll(keepingCapacity: true)
        switch element.text("t") {
        case nil, "n": type = .number
        case "s": type = .shared
        case "b": type = .flag
        case "e": type = .error
        case "d": type = .date
        default: type = .text
        }
    }

    private func closeCell() {
        guard column < WorksheetPart.columnLimit else {
            fault = SheetFault("the worksheet is too wide", line: row.line)
            return
        }
        guard column >= row.count else { return }
        row.pad(to: column)
        if value.isEmpty {
            row.pad(to: column + 1)
            return
        }
        switch type {
        case .number: closeNumber()
        case .shared:
            let index = Int(String(decoding: value, as: UTF8.self)) ?? -1
            appendText(workbook.sharedTexts.indices.contains(index) ? workbook.sharedTexts[index] : [])
        case .text, .date: appendText(value)
        case .flag: appendText(Array((value == [UInt8(ascii: "1")] ? "TRUE" : "FALSE").utf8))
        // A formula without a result, such as #N/A, is a gap.
        case .error: row.pad(to: column + 1)
        }
    }

    private func closeNumber() {
        guard let number = Double(String(decoding: value, as: UTF8.self)) else {
            appendText(value)
            return
        }
        if isDate, let local = WorksheetPart.localMicroseconds(number, countsFrom1904: workbook.countsFrom1904) {
            row.appendDatetime(localMicroseconds: local)
        } else {
            row.appendNumber(number)
        }
    }

    private func appendText(_ bytes: [UInt8]) {
        let start = row.byteCount
        bytes.withUnsafeBufferPointer { row.append($0[...]) }
        row.endText(from: start)
    }

    /// `B7` is column 1.
    private static func column(_ reference: UnsafePointer<CChar>) -> Int? {
        var index = 0
        var column = 0
        while true {
            let letter = UInt8(bitPattern: reference[index]) &- 65
            guard letter < 26, index < 4 else { break }
            column = column * 26 + Int(letter) + 1
            index += 1
        }
        return index > 0 ? column - 1 : nil
    }

    /// Days since 30 December 1899 on the wall clock, to the millisecond, which is as exact as workbooks are.
    static func localMicroseconds(_ days: Double, countsFrom1904: Bool) -> Int64? {
        let start = countsFrom1904 ? -24_107.0 : -25_569.0
        // The largest date Excel knows is in the year 9999.
        guard days >= 0, days < 2_958_466 else { return nil }
        return Int64(((days + start) * 86_400_000).rounded()) * 1000
    }
}
