import EnergyCore
import Store

/// What became of data that were sent.
package enum DataReceipt: Hashable, Sendable {
    /// All of it was new and is stored.
    case processed
    /// Some or all of it said nothing new, or there was nothing to store.
    case alreadyReceived
}

/// Why data could not be recorded although they were well-formed.
package enum DataError: Error, Hashable, Sendable {
    /// A value contradicts another that the same source recorded for the same event and belief time.
    case replacement

    /// The sentence clients know.
    package var message: String {
        switch self {
        case .replacement:
            "Some of the data represents a replacement, which is reserved for customized servers. If you are hosting "
                + "FlexMeasures, you can enable replacements by setting FLEXMEASURES_ALLOW_DATA_OVERWRITE=True in the "
                + "configuration settings. Alternatively, update the prior in your request."
        }
    }
}

/// A post of which everything is right that can be known before the store is open for a change.
package struct CheckedPost: Sendable {
    fileprivate let sensor: Sensor
    fileprivate let series: PostedSeries
    fileprivate let post: DataPost
    fileprivate let sender: DataSender
    fileprivate let receivedAt: Instant
}

/// Who records data, as far as is known before the store is open for a change.
enum DataSender: Sendable {
    case known(DataSourceID)
    /// Somebody who has not recorded anything yet.
    case user(User)
    case source(DataSource)

    /// The sender's source, made if there is none.
    func sourceID(in transaction: WriteTransaction) throws -> DataSourceID {
        switch self {
        case .known(let id): id
        case .user(let user): try transaction.ensureSource(of: user).id
        case .source(let source): try transaction.ensure(source).id
        }
    }
}

extension DataService {
    /// Records values. All are stored when this returns, none when it throws.
    @discardableResult
    package func post(_ post: DataPost, to id: SensorID, as caller: Caller) throws -> DataReceipt {
        try store(check(post, to: id, as: caller))
    }

    /// Refuses what is wrong with a post or its sender's rights.
    package func check(_ post: DataPost, to id: SensorID, as caller: Caller) throws -> CheckedPost {
        // Clients are told about faults of the data before they are told about their rights.
        guard var sensor = try context.records().sensor(id) else { throw NotFound(.sensor, id) }
        sensor.attributes["frequency"] = try frequency(of: sensor)
        if let text = post.type.refusalOfPost(inUnit: post.unit) {
            throw FieldErrors(FieldErrors.wholeInput, text)
        }
        let series = try spread(post, over: sensor)
        _ = try context.sensor(id, for: .createChildren, caller)
        return CheckedPost(
            sensor: sensor, series: series, post: post, sender: try sender(named: post.source, for: caller),
            receivedAt: context.stamps.now)
    }

    /// Stores one post.
    package func store(_ post: CheckedPost) throws -> DataReceipt {
        try context.write { try store(post, in: $0) }
    }

    /// Stores posts that came at the same time as one change of the store, without waiting for another writer.
    ///
    /// - Returns: nil, and nothing is stored, if somebody else is writing
    /// - Throws: why one of several posts is refused; nothing is stored then
    package func storeUnlessBusy(_ posts: [CheckedPost]) throws -> [Result<DataReceipt, any Error>]? {
        do {
            return try context.writeIfFree { try storeTogether(posts, in: $0) }
        } catch  where posts.count == 1 {
            return [.failure(error)]
        }
    }

    /// Stores posts that came at the same time as one change of the store, which costs little more than each of them
    /// would alone. One that is refused leaves no trace, and the others are stored one by one then.
    ///
    /// - Parameter together: false for posts of which one is refused, as is known already
    package func store(_ posts: [CheckedPost], together: Bool = true) -> [Result<DataReceipt, any Error>] {
        do {
            if together, posts.count > 1 { return try context.write { try storeTogether(posts, in: $0) } }
        } catch RequestError.busy(let reason) {
            // Each alone would wait as long again.
            return posts.map { _ in .failure(RequestError.busy(reason)) }
        } catch {
            // Tried together they failed together; alone, those that can be stored are.
        }
        return posts.map { post in Result { try store(post) } }
    }

    /// Records posts that belong together, such as the runs of values in a file: all of them when this returns, none when it
    /// throws.
    ///
    /// - Parameter progress: receives the number of posts done; what it throws ends the upload
    package func post(
        _ posts: [DataPost], from name: String, to id: SensorID, as caller: Caller, progress: (Int) throws -> Void
    ) throws {
        let sensor = try context.sensor(id, for: .createChildren, caller)
        let checked = try posts.map { try check($0, to: id, as: caller) }
        try context.write { transaction in
            for (index, post) in checked.enumerated() {
                _ = try store(post, in: transaction)
                try progress(index + 1)
            }
            try AuditTrail(caller: caller, now: context.stamps.now, transaction: transaction)
                .noteUpload(from: name, to: sensor)
        }
    }

    private func storeTogether(
        _ posts: [CheckedPost], in transaction: WriteTransaction
    ) throws -> [Result<DataReceipt, any Error>] {
        try posts.map { .success(try store($0, in: transaction)) }
    }

    private func store(_ checked: CheckedPost, in transaction: WriteTransaction) throws -> DataReceipt {
        let (post, series) = (checked.post, checked.series)
        var batch = BeliefBatch(sensor: checked.sensor, source: try checked.sender.sourceID(in: transaction))
        batch.reserveCapacity(series.starts.count)
        for (start, value) in zip(series.starts, series.values) {
            if post.prior == nil, let horizon = post.horizon {
                batch.append(start: start, horizon: horizon, value: value)
            } else {
                batch.append(start: start, believedAt: post.prior ?? checked.receivedAt, value: value)
            }
        }
        try check(batch, type: post.type)
        return receipt(for: try saveRows(batch, in: transaction))
    }

    /// Stores a batch by the rules of this installation.
    func saveRows(_ batch: BeliefBatch, in transaction: WriteTransaction) throws -> SaveResult {
        do {
            return try transaction.save(batch, rule: SaveRule(mayReplace: context.settings.data.allowOverwrite))
        } catch is ReplacementRefused {
            throw DataError.replacement
        }
    }

    /// What clients are told about the outcome.
    func receipt(for result: SaveResult) -> DataReceipt {
        result.unchanged > 0 || result.stored + result.replaced == 0 ? .alreadyReceived : .processed
    }

    /// Who records as a caller: the caller itself, or for the operator a source that is named or stands for the machine.
    func sender(named source: DataSource?, for caller: Caller) throws -> DataSender {
        if let source {
            guard caller.isHost else { throw AccessError.forbidden }
            return .source(source)
        }
        let records = try context.records()
        guard let id = caller.userID, let user = records.users[id] else {
            return .source(DataSource(id: 0, name: "flexdeck", type: "CLI script"))
        }
        return records.sourceID(ofUser: id).map { .known($0) } ?? .user(user)
    }

    private func spread(_ post: DataPost, over sensor: Sensor) throws -> PostedSeries {
        do {
            return try PostedSeries(
                post.values, start: post.start, duration: post.duration, unit: post.unit, sensor: sensor,
                zone: Zone.named(sensor.timezone) ?? .utc)
        } catch {
            throw FieldErrors(error == .noValues ? "values" : FieldErrors.wholeInput, error.message)
        }
    }

    /// The rhythm to which event starts are rounded, set on the sensor or its asset.
    private func frequency(of sensor: Sensor) throws -> JSONValue? {
        if let own = sensor.attributes["frequency"] { return own }
        return try context.records().asset(sensor.assetID)?.attributes["frequency"]
    }

    private func check(_ batch: BeliefBatch, type: MessageType) throws {
        if type == .meterData, batch.horizons.contains(where: { $0 > 0 }) {
            throw FieldErrors(FieldErrors.wholeInput, "Meter data must lie in the past.")
        }
        if type == .prognosis, batch.horizons.contains(where: { $0 < 0 }) {
            throw FieldErrors(FieldErrors.wholeInput, "Prognoses must lie in the future.")
        }
    }
}
