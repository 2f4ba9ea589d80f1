import EnergyCore

/// What one source believes last about one event: a single value, its median.
package struct EventBelief: Hashable, Sendable {
    package var source: DataSourceID
    /// Belief horizon in microseconds.
    package var horizon: Int64
    package var value: Double
}

/// Collects the beliefs about one event and chooses among them.
///
/// Beliefs must come in key order: source, belief horizon (latest belief first), probability. Of each source the latest
/// belief counts; of a probabilistic belief its median. Among sources the latest version of a line
/// (name, type, model) counts; then the highest version, the latest belief, the description in alphabetical order.
struct EventChooser {
    private let ranks: SourceRanks
    /// What the source whose beliefs came last believes; most events know one source only.
    private var last: EventBelief?
    /// What the sources before it believe.
    private var others: [EventBelief] = []
    /// Probability code of its value.
    private var probability: Int64 = 0

    init(ranks: SourceRanks) {
        self.ranks = ranks
    }

    mutating func add(source: DataSourceID, horizon: Int64, probability: Int64, value: Double) {
        if let last {
            if last.source == source {
                // The median is the first value at or above one half, else the last one.
                guard last.horizon == horizon, self.probability < ProbabilityCode.half else { return }
            } else {
                others.append(last)
            }
        }
        last = EventBelief(source: source, horizon: horizon, value: value)
        self.probability = probability
    }

    /// The chosen belief; the chooser is empty afterwards.
    mutating func take() throws -> EventBelief? {
        guard let last else { return nil }
        self.last = nil
        if others.isEmpty { return last }
        let candidates = others + [last]
        others.removeAll(keepingCapacity: true)
        let ranked = try candidates.map { Ranked(belief: $0, rank: try ranks.rank(of: $0.source)) }
        let latest = ranked.filter { one in !ranked.contains { $0.supersedes(one) } }
        return latest.min { $0.precedes($1) }?.belief
    }

    private struct Ranked {
        let belief: EventBelief
        let rank: SourceRank

        /// Of equal versions of a line, which differ in user or attributes, the younger source counts.
        func supersedes(_ other: Ranked) -> Bool {
            guard rank.line == other.rank.line else { return false }
            if rank.version != other.rank.version { return rank.version > other.rank.version }
            return belief.source > other.belief.source
        }

        func precedes(_ other: Ranked) -> Bool {
            if rank.version != other.rank.version { return rank.version > other.rank.version }
            if belief.horizon != other.belief.horizon { return belief.horizon < other.belief.horizon }
            if rank.description != other.rank.description {
                return rank.description.utf8.lexicographicallyPrecedes(other.rank.description.utf8)
            }
            return belief.source < other.belief.source
        }
    }
}
