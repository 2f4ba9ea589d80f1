import EnergyCore

/// The values that every loop writes and reads.
enum Series {
    /// 2023-12-31T23:00:00Z
    static func start(_ event: Int) -> Int64 { 1_704_063_600 + Int64(event) * 900 }

    static let belief = Instant(seconds: 1_780_000_000)

    static func value(_ sensor: Int, _ event: Int) -> Double {
        Double((event &* 2_654_435_761 &+ sensor) & 0xFFFF) / 7.0
    }
}
