/// How a cumulative probability is stored: billionths above one half, so that the 0.5 of ordinary data is the number
/// zero, which takes no byte, and codes sort as probabilities do.
package enum ProbabilityCode {
    package static let half: Int64 = 0

    package static func code(_ probability: Double) -> Int64 {
        Int64((probability * 1e9).rounded()) - 500_000_000
    }

    package static func probability(_ code: Int64) -> Double {
        Double(code + 500_000_000) / 1e9
    }
}
