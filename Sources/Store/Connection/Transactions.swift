import GRDB

/// A consistent view of the store, open for the length of one closure. Typed operations are extensions of it,
/// one file per subject.
package class ReadTransaction {
    /// The engine's connection; only this module sees it.
    let database: Database
    /// Beliefs read lately; nil where rows may differ from what is stored.
    let cache: BeliefCache?
    /// Where the store stood before the snapshot was taken.
    private let opened: LogPosition?
    private let log: LogIndex?
    /// What decides between sources that disagree.
    private(set) lazy var ranks = SourceRanks(database: database)

    init(database: Database, cache: BeliefCache? = nil, log: LogIndex? = nil) {
        self.database = database
        self.cache = cache
        self.log = log
        opened = log?.position
    }

    /// Where the store stands, if that is what this snapshot shows. To be asked for once something has been read, as the
    /// snapshot is taken with the first read.
    var position: LogPosition? {
        guard let opened, log?.position == opened else { return nil }
        return opened
    }
}

/// A view of the store that may also change it: all of its changes are stored together, or none.
package final class WriteTransaction: ReadTransaction {
    /// What was changed so far; recorded with the commit so that others see it.
    private(set) var changes = Set<Change>()

    /// Notes that something changed, so that whoever shows it reads it again.
    package func note(_ subject: ChangeSubject, _ id: Int = 0) {
        changes.insert(Change(subject: subject, id: id))
    }
}
