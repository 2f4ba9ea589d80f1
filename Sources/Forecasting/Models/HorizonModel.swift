/// The blend for one range of horizons, and how far the truth strays from it.
struct HorizonModel: Sendable {
    let horizons: Range<Int>
    let shares: MemberShares
    let errors: HeldOutErrors
    private let ensembles: [BoostedTrees]
    private let spreadModel: SpreadModel

    struct HeldOutErrors: Sendable {
        var blend: Float = 0
        var ridge: Float = 0
        var trees: Float = 0
        var pattern: Float = 0
    }

    /// - Parameter ridge: the ridge regression for a horizon; nil while the history is too short for one.
    init(
        _ samples: SampleSet, horizons: Range<Int>, ridge: (Int) -> RidgeModel?, pattern: DailyPattern,
        days: Double, tuning: ForecastTuning, seed: UInt64
    ) {
        self.horizons = horizons
        let use = FeatureBuilder.treeFeatures(width: samples.width)
        let table = BinnedTable(
            features: samples.features, width: samples.width, rows: samples.count, use: use, binCount: tuning.bins)
        var members = HeldOutMembers(ridge: [], trees: [], pattern: [], judged: [])
        let isYoung = days < tuning.patternOnlyDays
        if isYoung {
            ensembles = []
            members.trees = [Float](repeating: 0, count: samples.count)
            members.ridge = members.trees
        } else {
            (ensembles, members.trees) = Self.grow(samples, table, use, tuning.settings(seed: seed))
            members.ridge = Self.ridgeValues(samples, ridge) ?? members.trees
        }
        (members.pattern, members.judged) = Self.patternValues(samples, pattern, fallback: members.trees)
        let start = MemberShares.start(days: days, tuning: tuning)
        let inertia = tuning.shareInertia + tuning.youngInertia * tuning.youth(days: days)
        let shares =
            isYoung
            ? MemberShares(ridge: 0, trees: 0, pattern: 1)
            : MemberShares.fitted(members, targets: samples.targets, start: start, inertia: inertia)
        self.shares = shares
        let rows = isYoung ? members.judged : Array(0..<samples.count)
        var blend = (0..<samples.count).map { shares.blend(members.ridge[$0], members.trees[$0]) }
        for i in members.judged {
            blend[i] = shares.blend(members.ridge[i], members.trees[i], members.pattern[i])
        }
        errors = Self.errors(samples, members, blend: blend, rows: rows)
        spreadModel = SpreadModel(
            table, use: use, targets: samples.targets, centre: blend, rows: rows, tuning: tuning, seed: seed &+ 7)
    }

    func trees(_ row: UnsafePointer<Float>) -> Float {
        ensembles.reduce(0) { $0 + $1.predict(row) } / Float(max(ensembles.count, 1))
    }

    /// Distances of the lower and the upper quantile from the point forecast; nil when there is too little to go by.
    func spread(_ row: UnsafePointer<Float>) -> (low: Float, high: Float)? {
        spreadModel.spread(row)
    }

    /// One ensemble per held-out fold: their mean forecasts, and what each says of its fold is honest.
    private static func grow(
        _ samples: SampleSet, _ table: BinnedTable, _ use: [Int], _ settings: TreeSettings
    ) -> ([BoostedTrees], [Float]) {
        var ensembles: [BoostedTrees] = []
        var heldOut = [Float](repeating: 0, count: samples.count)
        let folds = samples.foldIndices
        for fold in folds.indices {
            let others = folds.indices.filter { $0 != fold }.flatMap { folds[$0] }
            let rows = others.isEmpty ? folds[fold] : others
            guard !rows.isEmpty else { continue }
            var own = settings
            own.seed = settings.seed &+ UInt64(fold)
            var grower = TreeGrower(table, use: use, targets: samples.targets, settings: own)
            ensembles.append(grower.grow(on: rows))
            for i in folds[fold] { heldOut[Int(i)] = grower.fitted[Int(i)] }
        }
        return (ensembles, heldOut)
    }

    private static func ridgeValues(_ samples: SampleSet, _ ridge: (Int) -> RidgeModel?) -> [Float]? {
        var values = [Float](repeating: 0, count: samples.count)
        for i in 0..<samples.count {
            guard let model = ridge(samples.targetIndex[i] - samples.knownBefore[i]) else { return nil }
            samples.withRow(i) { values[i] = model.predict($0, without: Int(samples.folds[i])) }
        }
        return values
    }

    private static func patternValues(
        _ samples: SampleSet, _ pattern: DailyPattern, fallback: [Float]
    ) -> ([Float], [Int]) {
        var values = fallback
        var judged: [Int] = []
        for i in 0..<samples.count {
            let (t, s) = (samples.targetIndex[i], samples.knownBefore[i])
            guard let value = pattern.heldOutValue(at: t, knownBefore: s) else { continue }
            values[i] = value
            judged.append(i)
        }
        return (values, judged)
    }

    private static func errors(
        _ samples: SampleSet, _ members: HeldOutMembers, blend: [Float], rows: [Int]
    ) -> HeldOutErrors {
        func mean(_ values: [Float], _ rows: [Int]) -> Float {
            var sum: Float = 0
            for i in rows { sum += abs(samples.targets[i] - values[i]) }
            return sum / Float(max(rows.count, 1))
        }
        return HeldOutErrors(
            blend: mean(blend, rows), ridge: mean(members.ridge, rows), trees: mean(members.trees, rows),
            pattern: mean(members.pattern, members.judged))
    }
}
