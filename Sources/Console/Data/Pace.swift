/// How often what is shown is read again while new values alone come in.
///
/// What is cheap follows within a second. What is dear follows as fast after a time of rest, so that a change is seen when it
/// is made; where values come without end it takes no more than a small share of the time.
struct Pace {
    /// The time that reading may take at once, and the share of the time that it gets in the long run.
    private static let most = Duration.milliseconds(150)
    private static let share = 100
    private static let cheap = Duration.milliseconds(10)

    private var credit = Pace.most
    private var last: ContinuousClock.Instant?
    /// No reading before this moment.
    private(set) var next = ContinuousClock.now

    /// Takes note of a reading that took some time and ended now.
    mutating func spend(_ cost: Duration, at now: ContinuousClock.Instant) {
        if let last { credit = min(Self.most, credit + last.duration(to: now) / Self.share) }
        last = now
        credit -= cost
        let rest =
            cost < Self.cheap ? cost * 80 : credit > .zero ? min(cost * 10, .milliseconds(400)) : cost * Self.share
        next = now + min(rest, .seconds(3))
    }
}
