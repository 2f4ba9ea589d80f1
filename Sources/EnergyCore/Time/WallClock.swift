/// Where the present comes from; tests move a clock of their own by hand.
package protocol WallClock: Sendable {
    var now: Instant { get }
}
