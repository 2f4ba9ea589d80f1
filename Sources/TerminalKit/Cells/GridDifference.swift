/// A run of neighbouring cells of one look that a terminal has to draw.
package struct GridRun: Hashable, Sendable {
    package var x: Int
    package var y: Int
    /// Base scalars, each followed by its combining marks.
    package var scalars: [UInt32]
    package var style: Style
}

extension CellGrid {
    /// The runs in which this grid differs from an older one of the same size; all cells when there is none or its size
    /// is another.
    package func runs(since older: CellGrid?) -> [GridRun] {
        let base = older?.size == size ? older : nil
        var result: [GridRun] = []
        for y in 0..<size.rows {
            let new = row(y)
            if let base, base.row(y) == new { continue }
            appendRuns(of: new, since: base?.row(y), y: y, to: &result)
        }
        return result
    }

    private func appendRuns(of new: ArraySlice<Cell>, since old: ArraySlice<Cell>?, y: Int, to result: inout [GridRun])
    {
        var x = 0
        while x < size.columns {
            if let old, old[old.startIndex + x] == new[new.startIndex + x] {
                x += 1
                continue
            }
            // A changed right half needs its left half drawn as well.
            var start = x
            if new[new.startIndex + start].isContinuation, start > 0 { start -= 1 }
            let style = new[new.startIndex + start].style
            var run = GridRun(x: start, y: y, scalars: [], style: style)
            var end = start
            while end < size.columns {
                let cell = new[new.startIndex + end]
                if cell.style != style { break }
                if end > x, !cell.isContinuation, let old, old[old.startIndex + end] == cell { break }
                for value in [cell.scalar, cell.mark1, cell.mark2] where value != 0 { run.scalars.append(value) }
                end += 1
            }
            result.append(run)
            x = max(end, x + 1)
        }
    }
}
