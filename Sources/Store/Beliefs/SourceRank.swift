import EnergyCore
import GRDB

/// What decides between sources that believe different things about one event.
package struct SourceRank: Sendable {
    /// Sources of the same line: only the latest version of a line counts.
    let line: String
    let version: SourceVersion
    let description: String

    package init(_ source: DataSource) {
        line = [source.name, source.type, source.model ?? ""].joined(separator: "\u{0}")
        version = SourceVersion(source.version)
        description = source.description
    }

    /// For beliefs whose source is not in the store (any more).
    init(unknown id: DataSourceID) {
        line = "\u{0}\(id)"
        version = SourceVersion(nil)
        description = ""
    }
}

/// Ranks of sources, read when they are first needed in a transaction.
final class SourceRanks {
    /// Outside a transaction ranks cannot be read.
    struct Unknown: Error {}

    private let database: Database?
    private var known: [DataSourceID: SourceRank] = [:]

    init(database: Database?) {
        self.database = database
    }

    func rank(of id: DataSourceID) throws -> SourceRank {
        if let rank = known[id] { return rank }
        guard let database else { throw Unknown() }
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT name, type, model, version FROM data_source WHERE id = ?"),
            arguments: [id])
        let rank =
            row.map { SourceRank(DataSource(id: id, name: $0[0], type: $0[1], model: $0[2], version: $0[3])) }
            ?? SourceRank(unknown: id)
        known[id] = rank
        return rank
    }
}
