/// The numbers of the method. Each was chosen over all kinds of series at once; see the module's page.
struct ForecastTuning: Sendable {
    /// How far values may lie outside the middle 98% of the last 90 days, in units of that range.
    var slack = 0.0
    /// The same for solar series, whose best days are rare and real.
    var solarSlack = 0.3

    var ridgeRows = 2500
    /// Days after which a sample counts half.
    var ridgeHalfLife = 60.0
    var ridgePenalty = 0.001

    var treeRows = 3000
    var treeHalfLife = 30.0
    var trees = 40
    var depth = 3
    var learningRate: Float = 0.15
    var bins = 64
    var featureShare = 0.7
    var rowsPerTree = 1200
    var leafRows = 128
    var leafWeight: Float = 20
    var scaleTrees = 20

    /// Stretches of history that are held out in turn.
    var folds = 3
    /// Days of history below which only the daily pattern speaks.
    var patternOnlyDays = 20.0
    /// Days of history from which all three members start with their normal shares.
    var matureDays = 50.0
    /// Share of the daily pattern that held-out errors start from, for mature histories.
    var patternShare: Float = 0.25
    /// Share of the trees in what the pattern leaves.
    var treeShare: Float = 0.7
    /// How much worse a blend may look before it is given up for one nearer to the start.
    var shareInertia: Float = 0.3
    var youngInertia: Float = 1
    /// Held-out errors still flatter: later days differ more than days between known ones.
    var widening: Float = 1.15

    static let standard = ForecastTuning()

    func settings(seed: UInt64) -> TreeSettings {
        TreeSettings(
            trees: trees, depth: depth, rate: learningRate, leafWeight: leafWeight, featureShare: featureShare,
            rowsPerTree: rowsPerTree, leafRows: leafRows, seed: seed)
    }

    /// 1 up to `patternOnlyDays`, falling to 0 at `matureDays`.
    func youth(days: Double) -> Float {
        Float(max(0, min(1, (matureDays - days) / (matureDays - patternOnlyDays))))
    }
}
