/// The highest values that the two columns of each pair can take, each with its partner at zero.
///
/// They give the sign bits of `BitProgram` their strength: a bit is the weaker the larger the limit it
/// switches off, so what the rows imply is used, not only the columns' own bounds.
struct PairLimits {
    let first: [Double]
    let second: [Double]

    init(_ program: LinearProgram) {
        let ranges = program.activityRanges()
        first = program.pairs.map { Self.limit(of: $0.first.index, partner: $0.second.index, program, ranges) }
        second = program.pairs.map { Self.limit(of: $0.second.index, partner: $0.first.index, program, ranges) }
    }

    private static func limit(
        of column: Int, partner: Int, _ program: LinearProgram, _ ranges: [LinearProgram.ActivityRange]
    ) -> Double {
        var limit = program.columnUpper[column]
        let partnerEntries = program.entries(of: partner)
        for entry in program.entries(of: column) {
            let row = Int(program.rowIndices[entry])
            let coefficient = program.values[entry]
            var rest = ranges[row]
            rest.add(coefficient, program.columnLower[column], program.columnUpper[column], sign: -1)
            for other in partnerEntries where program.rowIndices[other] == program.rowIndices[entry] {
                rest.add(
                    program.values[other], program.columnLower[partner], program.columnUpper[partner], sign: -1)
            }
            let room =
                coefficient > 0
                ? (program.rowUpper[row] - rest.lowest) / coefficient
                : (program.rowLower[row] - rest.highest) / coefficient
            limit = min(limit, room)
        }
        return max(0, limit)
    }
}
