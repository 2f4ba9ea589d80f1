import EnergyCore

extension KnowledgeTimes {
    /// Knowledge time in microseconds of the event that starts at a second.
    func microseconds(ofEventAt start: Int64) -> Int64 {
        time(ofEventAt: Instant(seconds: start)).microseconds
    }
}
