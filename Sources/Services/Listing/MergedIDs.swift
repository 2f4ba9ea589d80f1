/// The ids of several sorted lists that have none in common, as one sorted list of which any stretch can be had without
/// putting the rest in order.
struct MergedIDs: Sendable {
    private let lists: [[Int]]
    let count: Int

    init(_ lists: [[Int]]) {
        self.lists = lists.filter { !$0.isEmpty }
        count = lists.reduce(0) { $0 + $1.count }
    }

    /// The ids at these positions, counted from the lowest id.
    subscript(range: Range<Int>) -> [Int] {
        guard lists.count > 1 else { return lists.first.map { Array($0[range]) } ?? [] }
        guard let last = lists.compactMap(\.last).max(), !range.isEmpty else { return [] }
        let bound = lowestID(after: range.lowerBound, upTo: last)
        return lists.flatMap { list in list[list.position(of: bound)...].prefix(range.count) }.sorted()
            .prefix(range.count).map { $0 }
    }

    /// The id at a position: the lowest that has so many below it.
    private func lowestID(after position: Int, upTo last: Int) -> Int {
        var (low, high) = (0, last)
        while low < high {
            let middle = low + (high - low) / 2
            let notAbove = lists.reduce(0) { $0 + $1.position(of: middle + 1) }
            if notAbove > position { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension [Int] {
    /// Where an id is, or would be, in a sorted list.
    func position(of id: Int) -> Int {
        guard let last, last >= id else { return count }
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Puts an id in its place in a sorted list, once. New ids are nearly always the highest.
    mutating func insertSorted(_ id: Int) {
        let position = position(of: id)
        if position == count || self[position] != id { insert(id, at: position) }
    }

    /// Takes an id out of a sorted list.
    mutating func removeSorted(_ id: Int) {
        let position = position(of: id)
        if position < count, self[position] == id { remove(at: position) }
    }
}
