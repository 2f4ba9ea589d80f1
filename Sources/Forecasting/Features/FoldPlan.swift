/// Which stretches of the history are held out together.
struct FoldPlan: Sendable {
    let count: Int
    private let origin: Int
    private let block: Int

    /// Blocks of a week, shorter when the history is.
    init(count: Int, origin: Int, first: Int, perDay: Double) {
        self.count = count
        self.origin = origin
        let days = Double(origin - first) / perDay
        block = max(1, Int(perDay * min(7, max(1, (days / Double(3 * count)).rounded()))))
    }

    @inline(__always)
    func fold(of t: Int) -> Int {
        (origin - 1 - t) / block % count
    }
}
