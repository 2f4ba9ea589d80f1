import Foundation

struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// What was measured, beside what it should and what it may cost.
struct Report {
    private(set) var overruns: [String] = []

    static func heading() {
        print("quantity".padded, "measured".column, "target".column, "ceiling".column)
    }

    mutating func add(_ name: String, _ measured: Double, _ unit: String, target: Double, ceiling: Double) {
        let verdict = measured <= target ? "" : measured <= ceiling ? "  above target" : "  TOO MUCH"
        let figures = [measured, target, ceiling].map { "\($0.short) \(unit)".column }
        print(name.padded, figures.joined(separator: " ") + verdict)
        if measured > ceiling { overruns.append(name) }
    }
}

/// Numbers of one kind, for medians and the slow end.
struct Samples {
    private var values: [Double] = []

    init() {}

    mutating func add(_ value: Double) { values.append(value) }

    func percentile(_ share: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    var median: Double { percentile(0.5) }
}

extension String {
    var padded: String { padding(toLength: max(56, count), withPad: " ", startingAt: 0) }
    var column: String { String(repeating: " ", count: max(0, 12 - count)) + self }
}

extension Double {
    var short: String { abs(self) < 10 ? String(format: "%.2f", self) : abs(self) < 100 ? String(format: "%.1f", self) : String(format: "%.0f", self) }
}
