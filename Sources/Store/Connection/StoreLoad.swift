import Synchronization

/// How many threads of this process are at work in a store, or wait for it.
final class StoreLoad: Sendable {
    let readers = Counter()
    let writers = Counter()

    final class Counter: Sendable {
        private let value = Atomic<Int>(0)

        var count: Int { value.load(ordering: .relaxed) }

        func begin() { value.add(1, ordering: .relaxed) }

        /// Counts the caller if nobody else is counted.
        func beginAlone() -> Bool {
            value.compareExchange(expected: 0, desired: 1, ordering: .relaxed).exchanged
        }

        func end() { value.subtract(1, ordering: .relaxed) }
    }
}
