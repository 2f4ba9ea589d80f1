import EnergyCore
import GRDB

/// What a look at the whole store found.
package struct StoreCheck: Hashable, Sendable {
    /// Sentences about what is wrong; none if all is well.
    package var problems: [String] = []
    package var sensors = 0
    package var beliefs = 0
    /// Size of the file in bytes.
    package var size = 0
    /// Bytes of the file that hold nothing.
    package var free = 0

    package var isSound: Bool { problems.isEmpty }
}

extension Store {
    /// Looks at every page and row: whether the file is intact, references hold, and roll-ups and summaries say what the
    /// beliefs say. Others can go on working.
    ///
    /// - Parameter progress: receives the part done, from 0 to 1; what it throws ends the check
    package func check(progress: (Double) throws -> Void = { _ in }) throws -> StoreCheck {
        try read { transaction in
            var check = StoreCheck()
            try transaction.checkFile(&check)
            try progress(0.3)
            let sensors = try transaction.sensors()
            check.sensors = sensors.count
            for (index, sensor) in sensors.enumerated() {
                try transaction.checkBlocks(of: sensor, &check)
                try transaction.checkDerived(of: sensor, &check)
                try progress(0.3 + 0.7 * Double(index + 1) / Double(sensors.count))
            }
            return check
        }
    }
}

extension ReadTransaction {
    fileprivate func checkFile(_ check: inout StoreCheck) throws {
        let page = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        check.size = page * (try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0)
        check.free = page * (try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0)
        for text in try String.fetchAll(database, sql: "PRAGMA integrity_check(100)") where text != "ok" {
            check.problems.append("The file is damaged: \(text).")
        }
        for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
            let (table, parent) = (row[0] as String, row[2] as String)
            check.problems.append("A row of \(table) refers to something missing in \(parent).")
        }
    }

    /// Readers rely on it that nothing else is stored about events from the first to the last of a block.
    fileprivate func checkBlocks(of sensor: Sensor, _ check: inout StoreCheck) throws {
        var end = Int64.min
        for block in try blocks(of: sensor.id, in: .all) {
            let range = EventRange(from: block.start, until: block.last + 1)
            if try block.start < end || hasRows(of: sensor.id, in: range) {
                check.problems.append("Beliefs of sensor \(sensor.id) are stored in an order that hides some of them.")
                return
            }
            end = range.until
        }
    }

    private func hasRows(of sensor: SensorID, in range: EventRange) throws -> Bool {
        let statement = try RawStatement(
            database, "SELECT 1 FROM belief WHERE sensor = ? AND start >= ? AND start < ? LIMIT 1")
        statement.bind(sensor, at: 1)
        statement.bind(range.from, at: 2)
        statement.bind(range.until, at: 3)
        defer { statement.reset() }
        return try statement.step()
    }

    fileprivate func checkDerived(of sensor: Sensor, _ check: inout StoreCheck) throws {
        let counted = try countedStatistics(of: sensor, in: .all)
        let kept = try statistics(of: sensor, in: .all, as: .live)
        check.beliefs += counted.reduce(0) { $0 + $1.count }
        if !counted.elementsEqual(kept, by: { $0.agrees(with: $1) }) {
            check.problems.append("The statistics of sensor \(sensor.id) are wrong; `check --rebuild` repairs them.")
        }
        for level in RollUpLevel.levels(for: sensor.resolution) where try !rollUpsAgree(of: sensor, level) {
            check.problems.append("The roll-ups of sensor \(sensor.id) are wrong; `check --rebuild` repairs them.")
            return
        }
    }

    /// Whether the kept bins of a level are those that the chosen beliefs make.
    private func rollUpsAgree(of sensor: Sensor, _ level: RollUpLevel) throws -> Bool {
        var days = LocalDays(of: sensor)
        var expected: [RollUpBin] = []
        try scanChosen(of: sensor, in: .all, filter: BeliefFilter(.live)) { start, belief in
            if belief.value.isNaN { return }
            let bin = days.binStart(level, containing: start)
            if expected.last?.start != bin { expected.append(RollUpBin(start: bin)) }
            expected[expected.count - 1].add(belief.value)
        }
        var index = 0
        var isEqual = true
        try scanRollUps(of: sensor, level: level, in: .all) { bin in
            isEqual = isEqual && index < expected.count && bin.agrees(with: expected[index])
            index += 1
        }
        return isEqual && index == expected.count
    }
}

extension RollUpBin {
    fileprivate func agrees(with other: RollUpBin) -> Bool {
        start == other.start && count == other.count && minimum == other.minimum && maximum == other.maximum
            && isClose(sum, other.sum, count: count, largest: max(abs(minimum), abs(maximum)))
    }
}

extension SourceStatistics {
    fileprivate func agrees(with other: SourceStatistics) -> Bool {
        var copy = self
        copy.sum = other.sum
        return copy == other
            && isClose(sum, other.sum, count: Int64(numbers), largest: max(abs(minimum), abs(maximum)))
    }
}

/// Sums that were added in another order differ by rounding: by a part of what the largest value could add up to. Where
/// that is beyond the limits of doubles, a sum says nothing.
private func isClose(_ a: Double, _ b: Double, count: Int64, largest: Double) -> Bool {
    if a == b || count == 0 { return true }
    return !(abs(a - b) > 1e-9 * Double(count) * max(1, largest))
}
