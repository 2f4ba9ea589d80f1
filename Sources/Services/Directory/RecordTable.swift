/// Records by id, in pages of neighbouring ids. A copy shares every page with the original until one of the two changes a
/// record there, so that one change costs the same among a hundred records and among a hundred thousand.
struct RecordTable<Record: Sendable>: Sendable {
    private static var pageBits: Int { 8 }
    private var pages: [Int: [Int: Entry]] = [:]

    /// A record behind a reference, so that copies of its page share it.
    private final class Entry: Sendable {
        let record: Record

        init(_ record: Record) {
            self.record = record
        }
    }

    subscript(id: Int) -> Record? {
        get { pages[id >> Self.pageBits]?[id]?.record }
        set { pages[id >> Self.pageBits, default: [:]][id] = newValue.map(Entry.init) }
    }

    /// All records, in no order.
    var values: some Sequence<Record> { pages.values.lazy.flatMap { $0.values.lazy.map(\.record) } }
}
