/// When an event can be known for sure: the rule by which a knowledge time follows from an event.
package enum KnowledgeHorizon: Hashable, Sendable {
    /// This long after the event's end.
    case exPost(TimeSpan)
    /// This long before the event's start.
    case exAnte(TimeSpan)
    /// At y o'clock (fractions allowed) of the local date of the event's start minus x days, in a zone.
    case daysAgoAtOClock(days: Int, hour: Double, zone: String)
    case atDate(Instant)
    /// Midnight of a date, x years before the event's local year.
    case yearsAgoAtDate(years: Int, day: Int, month: Int, zone: String)
}
