import EnergyCore

extension SeededGenerator {
    /// Uniform in 0 ..< 1.
    mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Roughly normal with mean 0 and deviation 1 (sum of twelve uniforms), so that no transcendental function
    /// decides about the last digit.
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += uniform() }
        return sum
    }
}
