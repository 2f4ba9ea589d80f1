import EnergyCore

/// Which beliefs count. All conditions must hold.
package struct BeliefFilter: Hashable, Sendable {
    /// nil: every source.
    package var sources: Set<DataSourceID>?
    package var minimumHorizon: TimeSpan?
    package var maximumHorizon: TimeSpan?
    /// Belief time at or before.
    package var believedUntil: Instant?
    /// Belief time at or after.
    package var believedSince: Instant?

    /// Everything known as of `horizon`.
    package init(_ horizon: BeliefHorizon) {
        if case .asOf(let moment) = horizon { believedUntil = moment }
    }

    /// Whether any belief may fail a condition.
    var isTrivial: Bool {
        sources == nil && minimumHorizon == nil && maximumHorizon == nil && believedUntil == nil
            && believedSince == nil
    }

    /// The same, narrowed to beliefs formed at or before a moment.
    package func believed(until moment: Instant?) -> BeliefFilter {
        guard let moment else { return self }
        var filter = self
        filter.believedUntil = min(believedUntil ?? moment, moment)
        return filter
    }
}

/// A filter made ready for one sensor: everything in integers.
struct BeliefTest {
    private let sources: Set<DataSourceID>?
    private let horizons: ClosedRange<Int64>
    private let believed: ClosedRange<Int64>?
    private let knowledge: KnowledgeTimes
    private let acceptsAll: Bool
    private var lastStart = Int64.min
    private var lastKnown: Int64 = 0

    init(_ filter: BeliefFilter, knowledge: KnowledgeTimes) {
        sources = filter.sources
        acceptsAll = filter.isTrivial
        let low = filter.minimumHorizon?.microseconds ?? .min
        horizons = low...max(low, filter.maximumHorizon?.microseconds ?? .max)
        self.knowledge = knowledge
        if filter.believedUntil == nil, filter.believedSince == nil {
            believed = nil
        } else {
            let since = filter.believedSince?.microseconds ?? .min
            believed = since...max(since, filter.believedUntil?.microseconds ?? .max)
        }
        isVoid =
            (filter.maximumHorizon.map { $0.microseconds < low } ?? false)
            || (filter.believedUntil.map { $0.microseconds < (filter.believedSince?.microseconds ?? .min) } ?? false)
    }

    /// Whether nothing can pass, because two conditions contradict each other.
    let isVoid: Bool

    @inline(__always)
    mutating func accepts(_ row: BeliefRow) -> Bool {
        acceptsAll || accepts(start: row.start, source: row.source, horizon: row.horizon)
    }

    mutating func accepts(start: Int64, source: DataSourceID, horizon: Int64) -> Bool {
        if let sources, !sources.contains(source) { return false }
        guard horizons.contains(horizon) else { return false }
        guard let believed else { return true }
        if start != lastStart {
            lastStart = start
            lastKnown = knowledge.microseconds(ofEventAt: start)
        }
        return believed.contains(lastKnown - horizon)
    }
}
