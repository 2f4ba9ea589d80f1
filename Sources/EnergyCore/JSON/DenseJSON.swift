/// Writes JSON into room that was taken in one piece: for answers of thousands of records, where asking for room with
/// every number is most of the work.
package struct DenseJSON: ~Copyable {
    private let start: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private var count = 0

    private init(_ start: UnsafeMutablePointer<UInt8>, _ capacity: Int) {
        self.start = start
        self.capacity = capacity
    }

    /// What `write` writes, which must not be longer than `bound` bytes.
    package static func bytes(atMost bound: Int, _ write: (inout DenseJSON) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(1, bound)) { room, count in
            guard let start = room.baseAddress else { return }
            var json = DenseJSON(start, room.count)
            write(&json)
            count = json.count
        }
    }

    /// Bytes as they are.
    package mutating func raw(_ text: StaticString) {
        (place(for: text.utf8CodeUnitCount)).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    /// JSON that was written before.
    package mutating func append(_ json: [UInt8]) {
        json.withUnsafeBufferPointer { json in
            guard let first = json.baseAddress else { return }
            place(for: json.count).update(from: first, count: json.count)
        }
        count += json.count
    }

    package mutating func write(_ number: Int64) {
        count += NumberText.write(number, to: place(for: NumberText.longest))
    }

    /// The shortest text that reads back as the same number; null for what is none.
    package mutating func write(_ number: Double) {
        guard number.isFinite else { return raw("null") }
        count += NumberText.write(number, to: place(for: NumberText.longest))
    }

    /// Ends the program rather than write beyond the room.
    private func place(for length: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(length <= capacity - count, "more JSON than there is room for")
        return start + count
    }
}
