/// Where the present comes from; tests move a clock of their own by hand.
package protocol WallClock: Sendable {
    var now: Instant { get }
    /// Time since some moment in the past. Goes on evenly, whatever the clock is set to.
    var uptime: TimeSpan { get }
}
