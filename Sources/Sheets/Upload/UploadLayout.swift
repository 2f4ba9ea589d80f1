/// Which columns of a file hold what.
struct UploadLayout: Equatable {
    var start: Int
    var belief: Int?
    var value: Int
    /// The first row names columns and is no data.
    var hasHeader: Bool
    var width: Int

    init(firstRow row: borrowing SheetRow) throws(SheetFault) {
        width = row.filledCount
        hasHeader = !DatetimeColumn.isDatetime(row, 0)
        if hasHeader {
            var names: [String] = []
            for index in 0..<width { names.append(row.text(index).lowercased()) }
            if let named = try UploadLayout.named(names) {
                (start, belief, value) = named
                return
            }
        } else if width == 1 {
            // A first row without a value is a gap, not a table without values.
            width = 2
        }
        switch width {
        case 2: (start, belief, value) = (0, nil, 1)
        case 3: (start, belief, value) = (0, 1, 2)
        default: throw SheetFault("'event_start'", line: row.line)
        }
    }

    /// Columns by their names; nil if names are free because there are two or three columns.
    private static func named(_ names: [String]) throws(SheetFault) -> (Int, Int?, Int)? {
        if let start = names.firstIndex(of: "event_start"), let value = names.firstIndex(of: "event_value") {
            return (start, names.firstIndex(of: "belief_time"), value)
        }
        if names.count == 2 || names.count == 3 { return nil }
        guard names.contains("event_start") else { throw SheetFault("'event_start'") }
        throw SheetFault("\"DataFrame should contain column named 'event_value'.\"")
    }
}
