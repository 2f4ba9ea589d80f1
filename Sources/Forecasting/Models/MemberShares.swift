/// How much each of the three members says in the blend.
struct MemberShares: Hashable, Sendable {
    var ridge: Float
    var trees: Float
    var pattern: Float

    /// Where the search starts, by the age of the history.
    static func start(days: Double, tuning: ForecastTuning) -> MemberShares {
        let youth = tuning.youth(days: days)
        let pattern = tuning.patternShare + (1 - tuning.patternShare) * youth
        let trees = (1 - pattern) * tuning.treeShare
        return MemberShares(ridge: 1 - pattern - trees, trees: trees, pattern: pattern)
    }

    @inline(__always)
    func blend(_ ridge: Float, _ trees: Float, _ pattern: Float) -> Float {
        self.ridge * ridge + self.trees * trees + self.pattern * pattern
    }

    /// Without the pattern, for samples it was not judged on.
    @inline(__always)
    func blend(_ ridge: Float, _ trees: Float) -> Float {
        let sum = self.ridge + self.trees
        return sum > 0 ? (self.ridge * ridge + self.trees * trees) / sum : 0.5 * (ridge + trees)
    }

    /// The shares in tenths with the least absolute held-out error; blends far from the start must earn it.
    static func fitted(
        _ members: HeldOutMembers, targets: [Float], start: MemberShares, inertia: Float
    ) -> MemberShares {
        guard !members.judged.isEmpty else { return start }
        var best = start
        var least = Float.infinity
        for a in 0...10 {
            for b in 0...(10 - a) {
                let shares = MemberShares(
                    ridge: Float(a) / 10, trees: Float(b) / 10, pattern: Float(10 - a - b) / 10)
                var loss: Float = 0
                for i in members.judged {
                    loss += abs(
                        targets[i] - shares.blend(members.ridge[i], members.trees[i], members.pattern[i]))
                }
                loss *= 1 + inertia * shares.distance(to: start)
                if loss < least {
                    least = loss
                    best = shares
                }
            }
        }
        return best
    }

    private func distance(to other: MemberShares) -> Float {
        let (a, b, c) = (ridge - other.ridge, trees - other.trees, pattern - other.pattern)
        return a * a + b * b + c * c
    }
}

/// What each member said about samples it was not trained on.
struct HeldOutMembers {
    var ridge: [Float]
    var trees: [Float]
    var pattern: [Float]
    /// The samples on which the pattern was judged as well.
    var judged: [Int]
}
