/// Text that is being pasted.
struct PasteBuffer {
    private var scalars = String.UnicodeScalarView()
    private var last = ContinuousClock.now

    /// More than this no field takes.
    private static let longest = 1_000_000

    var text: String { String(scalars) }

    /// Whether nothing has come for so long that it must have ended.
    var isOver: Bool { last.duration(to: .now) > .seconds(1) }

    mutating func append(_ code: UInt32) {
        last = .now
        guard scalars.count < Self.longest, let scalar = Unicode.Scalar(code) else { return }
        scalars.append(scalar)
    }
}
