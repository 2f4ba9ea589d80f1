/// The rows of a file held in memory, to be sorted.
struct UploadTable {
    /// In the order of the file, or of events once sorted.
    private(set) var rows: [UploadRow] = []

    mutating func append(_ row: UploadRow) {
        if !row.value.isNaN || row.belief == nil { rows.append(row) }
    }

    /// Sorts by event and belief time and drops repeated rows.
    ///
    /// - Returns: whether there are several beliefs about one event
    mutating func sort() throws(UploadFault) -> Bool {
        rows.sort { a, b in
            if a.start != b.start { return a.start < b.start }
            return (a.belief ?? .min, a.line) < (b.belief ?? .min, b.line)
        }
        var kept: [UploadRow] = []
        kept.reserveCapacity(rows.count)
        var hasRevisions = false
        for row in rows {
            guard let last = kept.last, last.start == row.start else {
                kept.append(row)
                continue
            }
            if last.belief != row.belief {
                hasRevisions = true
                kept.append(row)
            } else if last.value.isNaN {
                kept[kept.count - 1] = row
            } else if !row.value.isNaN, row.value != last.value {
                throw .conflict(line: row.line)
            }
        }
        rows = kept
        return hasRevisions
    }

    /// The rows in groups, each in time order with one row per event.
    func groups(byBelief: Bool) -> [[UploadRow]] {
        guard byBelief else { return [rows] }
        var groups: [Int64: [UploadRow]] = [:]
        for row in rows { groups[row.belief ?? .min, default: []].append(row) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
