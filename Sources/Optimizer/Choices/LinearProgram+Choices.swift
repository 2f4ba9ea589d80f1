extension LinearProgram {
    /// Positions of the pairs that these values break: both columns differ from zero.
    package func brokenPairs(by columns: [Double]) -> [Int] {
        pairs.indices.filter { position in
            min(columns[pairs[position].first.index], columns[pairs[position].second.index]) > Self.zero
        }
    }

    /// True if all integer columns are whole and no pair is broken.
    package func respectsChoices(_ columns: [Double]) -> Bool {
        integers.allSatisfy { abs(columns[$0.index] - columns[$0.index].rounded()) <= Self.wholeness }
            && brokenPairs(by: columns).isEmpty
    }

    /// What counts as zero in a pair: far below any power of interest, above the rounding of a solve.
    private static let zero = 1e-9
    private static let wholeness = 1e-9
}
