import EnergyCore
import GRDB

/// Saves one batch: compares it with what is stored, inserts what is new, and keeps roll-ups and summaries in step.
struct BeliefWriter {
    private let transaction: WriteTransaction
    private let batch: BeliefBatch
    private let rule: SaveRule
    private var rollUps: RollUpWriter
    private var summaries: SummaryWriter
    private var inserter: BeliefInserter
    /// Of the run that is being merged.
    private var blocks: MetBlocks?
    private var result = SaveResult()

    init(_ transaction: WriteTransaction, batch: BeliefBatch, rule: SaveRule) {
        self.transaction = transaction
        self.batch = batch.normalised()
        self.rule = rule
        rollUps = RollUpWriter(transaction, sensor: batch.sensor)
        summaries = SummaryWriter(transaction, sensor: batch.sensor)
        inserter = BeliefInserter(
            transaction.database, sensor: batch.sensor.id, source: batch.source, replaces: rule.mayReplace)
        result.unchanged = batch.count - self.batch.count
    }

    mutating func save() throws -> SaveResult {
        var from = 0
        while from < batch.count {
            let until = endOfRun(from: from)
            try save(from..<until)
            from = until
        }
        try inserter.flush()
        try rollUps.finish()
        try summaries.finish()
        if result.stored + result.replaced > 0 { transaction.note(.beliefs, batch.sensor.id) }
        return result
    }

    private mutating func save(_ run: Range<Int>) throws {
        let range = EventRange(from: batch.starts[run.lowerBound], until: batch.starts[run.upperBound - 1] + 1)
        if try transaction.isTaken(range, of: batch.sensor.id) {
            try merge(run, range)
        } else {
            try storeEvents(run)
        }
    }

    /// Beliefs are compared with the stored ones in runs of neighbouring events, so that a batch about events that
    /// are far apart does not read all that lies between, and a large one is not compared at once.
    private func endOfRun(from: Int) -> Int {
        let gap = max(86_400, 16 * batch.sensor.resolution.microseconds / 1_000_000)
        var until = from + 1
        while until < batch.count, batch.starts[until] - batch.starts[until - 1] <= gap {
            if until - from >= 20_000, batch.starts[until] != batch.starts[until - 1] { break }
            until += 1
        }
        return until
    }

    /// Stores beliefs about neighbouring events of which none has a belief, nor is spanned by a block.
    private mutating func storeEvents(_ places: Range<Int>) throws {
        var place = places.lowerBound
        while place < places.upperBound {
            let end = batch.endOfBlock(from: place, until: places.upperBound)
            if end - place >= BeliefBlock.fewestEvents {
                try storeBlocks(place..<end)
            } else {
                for row in place..<end { try store(row, eventIsNew: row == places.lowerBound || isFirstOfEvent(row)) }
            }
            place = end
        }
    }

    /// Stores beliefs as blocks of about equal length.
    private mutating func storeBlocks(_ places: Range<Int>) throws {
        for place in places {
            let start = batch.starts[place]
            try rollUps.add(start: start, value: batch.values[place])
            try summaries.add(
                start: start, source: batch.source, horizon: batch.horizons[place], value: batch.values[place])
        }
        let blocks = (places.count + BeliefBlock.mostEvents - 1) / BeliefBlock.mostEvents
        for block in 0..<blocks {
            let first = places.lowerBound + places.count * block / blocks
            let end = places.lowerBound + places.count * (block + 1) / blocks
            try transaction.insert(batch.block(first..<end), values: batch.values[first..<end])
        }
        result.stored += places.count
    }

    private func isFirstOfEvent(_ index: Int) -> Bool { batch.starts[index] != batch.starts[index - 1] }

    private mutating func store(_ index: Int, eventIsNew: Bool) throws {
        if try replacesPrevious(index) { return try replace(index) }
        let start = batch.starts[index]
        let value = batch.values[index]
        let isAlone =
            eventIsNew && (index + 1 == batch.count || batch.starts[index + 1] != start)
        if isAlone { try rollUps.add(start: start, value: value) } else { rollUps.invalidate(start: start) }
        try summaries.add(start: start, source: batch.source, horizon: batch.horizons[index], value: value)
        try insert(index)
        result.stored += 1
    }

    private mutating func insert(_ index: Int) throws {
        try inserter.insert(
            BeliefRow(
                start: batch.starts[index], source: batch.source, horizon: batch.horizons[index],
                probability: batch.probability(index), value: batch.values[index]))
    }

    private mutating func merge(_ run: Range<Int>, _ range: EventRange) throws {
        let stored = try transaction.beliefs(of: batch.sensor, in: range, filter: BeliefFilter(.live))
        blocks = try MetBlocks(transaction, of: batch.sensor.id, in: range)
        var first = 0
        var end = 0
        var index = run.lowerBound
        while index < run.upperBound {
            let start = batch.starts[index]
            while first < stored.count, stored.starts[first] < start { first += 1 }
            end = max(end, first)
            while end < stored.count, stored.starts[end] == start { end += 1 }
            if first < end {
                try compare(index, with: stored, rows: first..<end)
                index += 1
                continue
            }
            var next = index + 1
            while next < run.upperBound, first == stored.count || batch.starts[next] < stored.starts[first] {
                next += 1
            }
            // Between two stored events lies one block at most, and only if both are its.
            try blocks?.makeRoom(at: start)
            try storeEvents(index..<next)
            index = next
        }
    }

    /// `rows` are the stored beliefs about the same event.
    private mutating func compare(_ index: Int, with stored: BeliefColumns, rows: Range<Int>) throws {
        let horizon = batch.horizons[index]
        let probability = batch.probability(index)
        let value = batch.values[index]
        let same = rows.filter { stored.sources[$0] == batch.source && stored.probabilities[$0] == probability }
        // Forecasts are compared with forecasts, measurements with measurements; one at the knowledge time is both.
        let side = same.filter { horizon > 0 ? stored.horizons[$0] >= 0 : stored.horizons[$0] <= 0 }
        if rule.dropsUnchanged, let last = side.first(where: { stored.horizons[$0] >= horizon }),
            stored.values[last] == value
        {
            result.unchanged += 1
            return
        }
        guard let known = same.first(where: { stored.horizons[$0] == horizon }) else {
            try blocks?.makeRoom(at: batch.starts[index])
            return try store(index, eventIsNew: false)
        }
        if stored.values[known] == value {
            result.unchanged += 1
            return
        }
        guard rule.mayReplace else { throw ReplacementRefused(eventStart: batch.starts[index]) }
        try blocks?.makeRoom(at: batch.starts[index])
        try replace(index)
    }

    /// Whether a belief contradicts the one before it in the batch.
    private func replacesPrevious(_ index: Int) throws -> Bool {
        guard index > 0, batch.starts[index] == batch.starts[index - 1],
            batch.horizons[index] == batch.horizons[index - 1], batch.probability(index) == batch.probability(index - 1)
        else { return false }
        guard rule.mayReplace else { throw ReplacementRefused(eventStart: batch.starts[index]) }
        return true
    }

    private mutating func replace(_ index: Int) throws {
        let start = batch.starts[index]
        rollUps.invalidate(start: start)
        summaries.invalidate(start: start)
        try insert(index)
        result.replaced += 1
    }
}

extension WriteTransaction {
    /// Stores beliefs. Nothing of the batch is stored when this throws and the transaction is given up.
    ///
    /// - Throws: `ReplacementRefused` when a belief contradicts a stored one and the rule forbids replacing it.
    @discardableResult
    package func save(_ batch: BeliefBatch, rule: SaveRule = SaveRule()) throws -> SaveResult {
        var writer = BeliefWriter(self, batch: batch, rule: rule)
        return try writer.save()
    }
}

extension ReadTransaction {
    /// Whether any belief about an event in the range is stored, or a block spans it.
    func isTaken(_ range: EventRange, of sensor: SensorID) throws -> Bool {
        let statement = try RawStatement(
            database,
            """
            SELECT EXISTS (SELECT 1 FROM belief WHERE sensor = ?1 AND start >= ?2 AND start < ?3)
                OR ifnull((SELECT last FROM belief_block WHERE sensor = ?1 AND start < ?3
                    ORDER BY start DESC LIMIT 1) >= ?2, 0)
            """)
        statement.bind(sensor, at: 1)
        statement.bind(range.from, at: 2)
        statement.bind(range.until, at: 3)
        defer { statement.reset() }
        return try statement.step() && statement.int(0) != 0
    }
}
