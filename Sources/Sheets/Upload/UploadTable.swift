/// The rows of a file held in memory, to be sorted.
struct UploadTable {
    /// In the order of the file, or of events once sorted.
    private(set) var rows: [UploadRow] = []
    /// There are several beliefs about one event.
    private var hasRevisions = false

    mutating func append(_ row: UploadRow) { rows.append(row) }

    /// Sorts by event and belief time and drops repeated rows.
    mutating func sort() throws(UploadFault) {
        rows.sort { a, b in
            if a.start != b.start { return a.start < b.start }
            return (a.belief ?? .min, a.line) < (b.belief ?? .min, b.line)
        }
        var kept: [UploadRow] = []
        kept.reserveCapacity(rows.count)
        for row in rows {
            guard let last = kept.last, last.start == row.start else {
                kept.append(row)
                continue
            }
            if last.belief != row.belief {
                hasRevisions = true
                kept.append(row)
            } else if last.contradicts(row) {
                throw .conflict(line: row.line)
            } else if last.value.isNaN {
                kept[kept.count - 1] = row
            }
        }
        rows = kept
    }

    /// The rows in groups, each in time order with one row per event: one per belief time if there are several beliefs
    /// about one event, else all together.
    var groups: [[UploadRow]] {
        guard hasRevisions else { return [rows] }
        var groups: [Int64: [UploadRow]] = [:]
        for row in rows { groups[row.belief ?? .min, default: []].append(row) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
