import EnergyCore
import TestSupport
import Testing

/// Offsets and local times of zones that do unusual things, computed by another implementation.
@Suite struct ZoneVectorTests {
    @Test("offsets and local times agree with the tz database")
    func agree() throws {
        let vectors = try VectorFiles("zones.json", in: vectorFolder).vectors()
        #expect(vectors.count >= 10)
        for vector in vectors {
            let zone = try #require(Zone.named(vector.id), "\(vector.id)")
            for pair in vector["offsets"]?.arrayValue ?? [] {
                let second = Int64(try #require(pair[0]?.intValue))
                #expect(zone.offset(atSecond: second) == pair[1]?.intValue, "\(vector.id) at \(second)")
            }
            for local in vector["locals"]?.arrayValue ?? [] {
                let clock = LocalDateTime(microseconds: Int64(try #require(local[0]?.intValue)) * 1_000_000)
                let first = Instant(seconds: Int64(try #require(local[1]?.intValue)))
                let second = Instant(seconds: Int64(try #require(local[2]?.intValue)))
                #expect(matches(zone.match(clock), first, second), "\(vector.id) local \(clock.microseconds)")
            }
        }
    }

    /// The vectors give a skipped time first by the offset before the change, then by the one after it.
    private func matches(_ match: LocalTimeMatch, _ first: Instant, _ second: Instant) -> Bool {
        switch match {
        case .once(let instant): instant == first && instant == second
        case .twice(let earlier, let later): earlier == first && later == second
        case .never(let after): after == first && first > second
        }
    }
}
