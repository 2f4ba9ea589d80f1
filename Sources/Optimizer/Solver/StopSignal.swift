/// Answers the solver's question whether to go on: time limit and cancellation of one `solve` call.
final class StopSignal {
    private let deadline: ContinuousClock.Instant?
    private let cancellation: CancellationToken?

    init(_ options: SolveOptions) {
        deadline = options.timeLimit.map { ContinuousClock.now + $0 }
        cancellation = options.cancellation
    }

    /// True once the solve has to end.
    var isRaised: Bool {
        if cancellation?.isCancelled == true { return true }
        return deadline.map { ContinuousClock.now >= $0 } ?? false
    }

    /// Why the solve ended early.
    var status: Solution.Status { cancellation?.isCancelled == true ? .cancelled : .timeLimit }

    /// Seconds until the deadline, nil without one.
    var remainingSeconds: Double? {
        deadline.map { deadline in
            let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
            return max(1e-3, Double(seconds) + Double(attoseconds) * 1e-18)
        }
    }

    /// False when nothing could ever stop the solve, which then need not ask.
    var canBeRaised: Bool { deadline != nil || cancellation != nil }

    /// What the C side calls; `context` is an unretained `StopSignal`.
    static let callback: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
        guard let context else { return 0 }
        return Unmanaged<StopSignal>.fromOpaque(context).takeUnretainedValue().isRaised ? 1 : 0
    }
}
