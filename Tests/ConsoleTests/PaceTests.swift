import Testing

@testable import Console

@Suite("How often new values are read")
struct PaceTests {
    /// The waiting times of readings that follow each other as soon as they may, new values coming all the time.
    private func rests(_ cost: Duration, count: Int, gap: Duration = .zero) -> [Duration] {
        var (pace, now, rests) = (Pace(), ContinuousClock.now, [Duration]())
        for _ in 0..<count {
            now += cost
            pace.spend(cost, at: now)
            rests.append(now.duration(to: pace.next))
            now = max(now + gap, pace.next)
        }
        return rests
    }

    @Test("what is cheap follows within a second, always")
    func cheap() {
        #expect(rests(.milliseconds(9), count: 200).allSatisfy { $0 < .seconds(1) })
    }

    @Test("what is dear follows within a second after a rest", arguments: [10, 30, 60])
    func dear(milliseconds: Int) {
        let cost = Duration.milliseconds(milliseconds)
        #expect(rests(cost, count: 2).allSatisfy { $0 < .seconds(1) })
        #expect(rests(cost, count: 50, gap: .seconds(60)).allSatisfy { $0 < .seconds(1) })
    }

    @Test("where values come without end what is dear takes a small share of the time", arguments: [10, 20, 30])
    func flood(milliseconds: Int) {
        let cost = Duration.milliseconds(milliseconds)
        let rests = rests(cost, count: 100)
        let (spent, whole) = (cost * 100, rests.reduce(cost * 100, +))
        #expect(spent * 80 < whole)
        #expect(rests.allSatisfy { $0 <= .seconds(3) })
    }
}
