import EnergyCore

/// Places the running time of a process: earliest, cheapest block or cheapest pieces.
package enum ProcessScheduler {
    /// Which steps the process runs in.
    ///
    /// - Parameter prices: per step; unknown ones count as zero.
    package static func runningSteps(
        _ process: ProcessModel, grid: StepGrid, prices: [Double]
    ) throws(SchedulingFailure) -> [Int] {
        let step = grid.step.microseconds
        let needed = Int((process.duration.microseconds + step - 1) / step)
        if needed >= grid.count {
            guard process.restrictions.isEmpty else { throw .restrictedProcessTooLong }
            return Array(0..<grid.count)
        }
        let allowed = (0..<grid.count).map { index in
            let time = grid.time(index)
            return !process.restrictions.contains { $0.start <= time && time < $0.end }
        }
        let sign: Double = process.seeksHighest ? -1 : 1
        let costs = prices.map { $0.isNaN ? 0 : sign * $0 }
        switch process.kind {
        case .inflexible:
            guard let first = blocks(of: needed, allowed).first else { throw .noRoomForProcess }
            return Array(first..<(first + needed))
        case .shiftable: return try cheapestBlock(of: needed, allowed, costs)
        case .breakable: return try cheapestSteps(needed, allowed, costs)
        }
    }

    /// Where blocks of permitted steps may begin.
    private static func blocks(of length: Int, _ allowed: [Bool]) -> [Int] {
        var starts: [Int] = []
        var run = 0
        for index in allowed.indices {
            run = allowed[index] ? run + 1 : 0
            if run >= length { starts.append(index + 1 - length) }
        }
        return starts
    }

    private static func cheapestBlock(
        of length: Int, _ allowed: [Bool], _ costs: [Double]
    ) throws(SchedulingFailure) -> [Int] {
        var best: (start: Int, cost: Double)?
        for start in blocks(of: length, allowed) {
            let cost = costs[start..<(start + length)].reduce(0, +)
            // Sums of equal prices may differ in the last digits; the earliest wins then.
            if let known = best, cost >= known.cost - 1e-9 * max(1, abs(known.cost)) { continue }
            best = (start, cost)
        }
        guard let best else { throw .noRoomForProcess }
        return Array(best.start..<(best.start + length))
    }

    private static func cheapestSteps(
        _ count: Int, _ allowed: [Bool], _ costs: [Double]
    ) throws(SchedulingFailure) -> [Int] {
        let candidates = allowed.indices.filter { allowed[$0] }
        guard candidates.count >= count else { throw .noRoomForProcess }
        let ranked = candidates.sorted { costs[$0] != costs[$1] ? costs[$0] < costs[$1] : $0 < $1 }
        return ranked.prefix(count).sorted()
    }
}
