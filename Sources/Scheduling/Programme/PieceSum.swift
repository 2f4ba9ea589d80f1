import Optimizer

/// A quantity written as columns: `anchor + unit x (sum of rising pieces - sum of falling pieces)`.
struct PieceSum {
    /// One column and where it lies.
    struct Piece {
        var column: Column
        /// +1 if the quantity rises with the column, -1 if it falls.
        var sign: Double
        /// True if the piece covers values above zero.
        var isPositive: Bool
    }

    var anchor: Double
    var unit: Double
    var pieces: [Piece]

    /// The quantity in a solution.
    func value(in columns: [Double]) -> Double {
        var sum = 0.0
        for piece in pieces { sum += piece.sign * columns[piece.column.index] }
        return anchor + unit * sum
    }
}

/// What `ProgrammeBuilder` needs to know to write a quantity as columns.
struct PieceRequest {
    var lower: Double
    var upper: Double
    var cost: StepCost
    /// A slope that comes on top everywhere.
    var extraSlope = 0.0
    /// True if values above and below zero have to be told apart, and must not both be used.
    var splitsAtZero = false
    /// The amount that one unit of a column stands for.
    var unit: Double
}

extension LinearProgramBuilder {
    /// Writes a quantity with a piecewise linear cost as columns, one per stretch of equal slope.
    ///
    /// A convex cost fills the pieces in the right order by itself; where the slope falls, bits see to it.
    mutating func addPieces(_ request: PieceRequest, costScale: Double) -> PieceSum {
        let kinks = request.cost.kinks(between: request.lower, and: request.upper)
        let splits = request.splitsAtZero && request.lower < 0 && request.upper > 0
        var positions = kinks.map(\.position)
        if splits, !positions.contains(where: { abs($0) <= 1e-12 }) {
            positions.append(0)
            positions.sort()
        }
        guard !positions.isEmpty else { return addPlainPiece(request, costScale: costScale) }
        let anchor = Self.anchor(positions: positions, kinks: kinks, splits: splits)
        let above = positions.filter { $0 > anchor + 1e-12 }
        let below = positions.filter { $0 < anchor - 1e-12 }.reversed()
        let rising = addSide([anchor] + above + [request.upper], request, sign: 1, costScale: costScale)
        let falling = addSide([anchor] + below + [request.lower], request, sign: -1, costScale: costScale)
        let isConcave = kinks.contains { abs($0.position - anchor) <= 1e-12 && $0.change < 0 }
        if splits || isConcave {
            // All of one side excludes all of the other: alone, the nearest pieces would leave the others free.
            if let up = total(of: rising), let down = total(of: falling) { addPair(down, up) }
        }
        return PieceSum(anchor: anchor, unit: request.unit, pieces: rising + falling)
    }

    /// A column for the sum of the pieces of a side; nil for an empty side.
    private mutating func total(of side: [PieceSum.Piece]) -> Column? {
        guard side.count > 1 else { return side.first?.column }
        let sum = addColumn()
        let row = addRow(equals: 0)
        add(-1, to: row, sum)
        for piece in side { add(1, to: row, piece.column) }
        return sum
    }

    private static func anchor(positions: [Double], kinks: [StepCost.Kink], splits: Bool) -> Double {
        if splits { return 0 }
        if let concave = kinks.first(where: { $0.change < 0 }) { return concave.position }
        return positions.first { abs($0) <= 1e-12 } ?? positions[0]
    }

    private mutating func addPlainPiece(_ request: PieceRequest, costScale: Double) -> PieceSum {
        let slope = request.cost.slope(between: request.lower, and: request.upper) + request.extraSlope
        let column = addColumn(
            lower: request.lower / request.unit, upper: request.upper / request.unit,
            cost: slope * request.unit * costScale)
        let piece = PieceSum.Piece(column: column, sign: 1, isPositive: request.upper > 0)
        return PieceSum(anchor: 0, unit: request.unit, pieces: [piece])
    }

    /// The pieces on one side of the anchor, nearest first.
    private mutating func addSide(
        _ ends: [Double], _ request: PieceRequest, sign: Double, costScale: Double
    ) -> [PieceSum.Piece] {
        var pieces: [PieceSum.Piece] = []
        var lengths: [Double] = []
        var slopes: [Double] = []
        for index in 1..<ends.count {
            let lower = min(ends[index - 1], ends[index])
            let upper = max(ends[index - 1], ends[index])
            let slope = sign * (request.cost.slope(between: lower, and: upper) + request.extraSlope)
            let length = (upper - lower) / request.unit
            let column = addColumn(upper: length, cost: slope * request.unit * costScale)
            pieces.append(.init(column: column, sign: sign, isPositive: lower + upper > 0))
            lengths.append(length)
            slopes.append(slope)
        }
        for index in 1..<max(1, pieces.count) where slopes[index] < slopes[index - 1] {
            demandOrder(pieces[..<index], lengths, before: pieces[index...])
        }
        return pieces
    }

    /// The later pieces may leave zero only when the last of the earlier ones is full.
    private mutating func demandOrder(
        _ earlier: ArraySlice<PieceSum.Piece>, _ lengths: [Double], before later: ArraySlice<PieceSum.Piece>
    ) {
        guard let last = earlier.last else { return }
        let bit = addColumn(upper: 1, isInteger: true)
        let filled = addRow(lower: 0)
        add(1, to: filled, last.column)
        add(-lengths[earlier.endIndex - 1], to: filled, bit)
        for (index, piece) in zip(later.indices, later) {
            let opened = addRow(upper: 0)
            add(1, to: opened, piece.column)
            add(-min(lengths[index], 1e6), to: opened, bit)
        }
    }
}
