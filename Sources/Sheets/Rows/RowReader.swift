/// Something that delivers rows one after another.
protocol RowReader: AnyObject {
    /// Fills `row` with the next one that is not blank; false at the end.
    func next(_ row: inout SheetRow) throws(SheetFault) -> Bool
    /// How much of the source is read, from 0 to 1.
    var progress: Double { get }
}

/// Opens sheets of any kind.
package enum SheetReader {
    /// Calls `body` for every row that is not blank.
    package static func forEachRow(
        of source: SheetSource, _ body: (borrowing SheetRow) throws(SheetFault) -> Void
    ) throws(SheetFault) {
        let reader = try open(source)
        var row = SheetRow()
        while try reader.next(&row) { try body(row) }
    }

    static func open(_ source: SheetSource) throws(SheetFault) -> any RowReader {
        let head = try source.head()
        if head.starts(with: [0x50, 0x4B]) { return try WorkbookReader(source) }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw SheetFault("the old binary format of Excel (.xls) cannot be read; save the file as .xlsx or .csv")
        }
        return try CSVReader(source)
    }
}
