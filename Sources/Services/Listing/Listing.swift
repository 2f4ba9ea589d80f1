import EnergyCore

/// Which way a list is sorted. Ties go by id.
package struct SortOrder<Key: Hashable & Sendable>: Hashable, Sendable {
    package var key: Key
    package var descending: Bool

    package init(_ key: Key, descending: Bool = false) {
        self.key = key
        self.descending = descending
    }
}

/// The answer to a question for a list: all that match, in order. Items may be looked up only once they are asked for.
package struct Listing<Item: Sendable>: Sendable {
    /// How many there were before the filter.
    package let total: Int
    /// How many match.
    package let filtered: Int
    private let stretch: @Sendable (Range<Int>) -> [Item]

    init(_ items: [Item], total: Int) {
        self.total = total
        filtered = items.count
        stretch = { Array(items[$0]) }
    }

    /// All records of some ids, by id.
    init(_ ids: MergedIDs, descending: Bool = false, record: @escaping @Sendable (Int) -> Item?) {
        total = ids.count
        filtered = ids.count
        stretch = { range in
            guard descending else { return ids[range].compactMap(record) }
            return ids[(ids.count - range.upperBound)..<(ids.count - range.lowerBound)].reversed().compactMap(record)
        }
    }

    /// All of them.
    package var items: [Item] { stretch(0..<filtered) }

    /// One page, counted from 1. The first page always exists; a later one beyond the end does not.
    package func page(_ number: Int, size: Int) throws(RequestError) -> [Item] {
        let (start, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        guard !overflow, start >= 0, start < filtered || number == 1 else { throw .pageBeyondEnd }
        return stretch(min(start, filtered)..<min(start + size, filtered))
    }
}

/// The words of a filter. How they combine differs from list to list, as clients know it.
package struct FilterTerms: Hashable, Sendable {
    package let terms: [String]
    private let lowered: [String]

    package static let none = FilterTerms([])

    package init(_ terms: [String]) {
        self.terms = terms
        lowered = terms.map { $0.lowercased() }
    }

    /// Splits a text as a shell splits a command line; throws under `filter` if a quote is not closed.
    package init(parsing text: String) throws(FieldErrors) {
        guard let words = Self.split(text) else { throw FieldErrors("filter", "No closing quotation") }
        self.init(words)
    }

    package var isEmpty: Bool { terms.isEmpty }

    /// Every word occurs in one of the texts, whatever the case.
    func allIn(_ texts: [String?]) -> Bool {
        guard !lowered.isEmpty else { return true }
        let texts = texts.compactMap { $0?.lowercased() }
        return lowered.allSatisfy { word in texts.contains { $0.contains(word) } }
    }

    /// One word at least occurs in one of the texts, whatever the case.
    func anyIn(_ texts: [String?]) -> Bool {
        guard !lowered.isEmpty else { return true }
        let texts = texts.compactMap { $0?.lowercased() }
        return lowered.contains { word in texts.contains { $0.contains(word) } }
    }

    /// Only the first word, split again at blanks; the others are ignored, as clients know it of some lists.
    var firstSplit: FilterTerms {
        FilterTerms((terms.first ?? "").split(separator: " ").map(String.init))
    }

    private static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if quote != nil { return nil }
        if let done = word { words.append(done) }
        return words
    }
}

extension Array {
    /// Sorted by a key, ties left in their order.
    func sorted(descending: Bool, by key: (Element) -> some Comparable) -> [Element] {
        let keyed = enumerated().map { (offset: $0.offset, key: key($0.element), element: $0.element) }
        return keyed.sorted { a, b in
            if a.key == b.key { return a.offset < b.offset }
            return descending ? b.key < a.key : a.key < b.key
        }.map(\.element)
    }
}
