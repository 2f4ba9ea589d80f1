import EnergyCore

/// Converts events and hands them on in batches.
struct UploadOutput {
    private let conversion: UnitConversion
    private let deliver: (UploadBatch) throws -> Void
    private var batch = UploadBatch()

    init(_ deliver: @escaping (UploadBatch) throws -> Void, conversion: UnitConversion) {
        self.deliver = deliver
        self.conversion = conversion
    }

    mutating func append(_ start: Int64, _ value: Double, _ belief: Int64?) throws {
        if let belief, batch.beliefs.isEmpty {
            batch.beliefs = Array(repeating: Upload.noBelief, count: batch.starts.count)
            batch.beliefs.append(belief)
        } else if !batch.beliefs.isEmpty {
            batch.beliefs.append(belief ?? Upload.noBelief)
        }
        batch.starts.append(start)
        batch.values.append(conversion(value))
        if batch.starts.count >= Upload.batchSize { try flush() }
    }

    mutating func flush() throws {
        if batch.starts.isEmpty { return }
        try deliver(batch)
        batch.starts.removeAll(keepingCapacity: true)
        batch.values.removeAll(keepingCapacity: true)
        batch.beliefs.removeAll(keepingCapacity: true)
    }
}
