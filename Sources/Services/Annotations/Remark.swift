import EnergyCore
import Store

/// What somebody has noted about a stretch of time: maintenance, a holiday, a fault.
package struct Remark: Hashable, Sendable {
    package var start: Instant
    package var end: Instant
    package var text: String
    package var author: String
}

extension AnnotationService {
    /// The remarks about a stretch of time as known at a moment, on an asset, its account, what it is a part of and some
    /// sensors, by start. What the caller may not see is left out.
    package func remarks(
        about asset: Asset, sensors: [SensorID], from: Instant, to: Instant, knownAt: Instant, as caller: Caller
    ) throws -> [Remark] {
        let records = try context.records()
        let targets =
            [asset.accountID.map { AnnotationTarget.account($0) }].compactMap { $0 }
            + ([asset] + records.ancestors(of: asset.id)).map { AnnotationTarget.asset($0.id) }
            + Set(sensors).sorted().map { AnnotationTarget.sensor($0) }
        var seen: Set<Remark> = []
        return targets.flatMap { target in
            (try? annotations(on: target, from: from, to: to, as: caller)) ?? []
        }.filter { ($0.beliefTime ?? knownAt) <= knownAt }.map { found in
            Remark(
                start: found.start, end: found.end, text: found.content,
                author: records.sources[found.sourceID]?.name ?? "")
        }.filter { seen.insert($0).inserted }.sorted { ($0.start, $0.text) < ($1.start, $1.text) }
    }
}
