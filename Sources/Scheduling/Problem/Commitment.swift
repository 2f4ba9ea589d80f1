/// A priced promise: going above the quantity costs `up` per unit, going below it costs `-down` per unit.
///
/// Quantities and prices are per step; NaN or an infinite quantity means that the step takes no part.
/// Flows are in MW; stocks are measured in MW x steps above the level at the start, which is what the
/// prices of stock commitments are meant for.
package struct Commitment: Hashable, Sendable {
    /// What a commitment is about.
    package enum Subject: Hashable, Sendable {
        /// Net power at the grid connection, consumption positive.
        case site
        /// Power of the device at this position, consumption positive.
        case device(Int)
        /// Stock of the device at this position.
        case stock(Int)
        /// The sum at this position.
        case sum(Int)
    }

    /// Which steps share one deviation.
    package enum Grouping: Hashable, Sendable {
        /// Every step pays for its own deviation.
        case each
        /// The worst deviation of each stretch of steps is paid once.
        case worst
    }

    package var name: String
    package var subject: Subject
    package var grouping: Grouping
    package var quantity: [Double]
    package var up: [Double]
    package var down: [Double]
    /// True for tie-breakers, whose cost is not money.
    package var isPreference = false

    package init(
        _ name: String, _ subject: Subject, _ grouping: Grouping, quantity: [Double], up: [Double], down: [Double],
        isPreference: Bool = false
    ) {
        self.name = name
        self.subject = subject
        self.grouping = grouping
        self.quantity = quantity
        self.up = up.map { $0.isNaN ? 0 : $0 }
        self.down = down.map { $0.isNaN ? 0 : $0 }
        self.isPreference = isPreference
    }

    /// True if the step takes part.
    package func applies(at step: Int) -> Bool { quantity[step].isFinite }

    /// The stretches of steps that share one deviation.
    package var groups: [Range<Int>] {
        switch grouping {
        case .each: quantity.indices.map { $0..<($0 + 1) }
        case .worst: worstGroups
        }
    }

    /// All steps form one group if quantity and prices are constant; otherwise a new one begins at every change.
    private var worstGroups: [Range<Int>] {
        let count = quantity.count
        guard count > 0 else { return [] }
        if isConstant(quantity), isConstant(up), isConstant(down) { return [0..<count] }
        var starts = [0]
        for step in 1..<count {
            let sameQuantity = quantity[step] == quantity[step - 1]
            if !sameQuantity || up[step] != up[step - 1] || down[step] != down[step - 1] { starts.append(step) }
        }
        return starts.indices.map { starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : count) }
    }

    /// One and the same value wherever a value is known.
    private func isConstant(_ values: [Double]) -> Bool {
        guard let first = values.first(where: { !$0.isNaN }) else { return false }
        return values.allSatisfy { $0.isNaN || $0 == first }
    }
}
