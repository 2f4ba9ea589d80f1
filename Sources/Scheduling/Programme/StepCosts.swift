/// All commitments sorted by how they enter the programme: priced per step, or by the worst deviation of a stretch.
struct StepCosts {
    /// One deviation shared by several steps.
    struct WorstDeviation {
        /// Position of the commitment, for reports.
        var commitment: Int
        var subject: Commitment.Subject
        /// The steps that take part and their quantities.
        var steps: [Int]
        var quantities: [Double]
        /// Cost per unit of the largest excess; not negative.
        var up: Double
        /// Cost per unit of the largest shortfall; not negative.
        var shortfall: Double
    }

    var site: [StepCost]
    var devices: [[StepCost]]
    /// In MW x steps above the start; empty where a device's stock is not priced.
    var stocks: [[StepCost]]
    /// Per sum of the problem.
    var sums: [[StepCost]]
    var worst: [WorstDeviation] = []

    init(_ problem: SchedulingProblem) {
        let count = problem.grid.count
        let none = [StepCost](repeating: StepCost(), count: count)
        site = none
        devices = problem.devices.map { _ in none }
        stocks = problem.devices.map { _ in [] }
        sums = problem.sums.map { _ in none }
        for (index, commitment) in problem.commitments.enumerated() {
            if commitment.grouping == .each {
                addSteps(of: commitment, count: count)
            } else {
                for group in commitment.groups { add(commitment, index, group, count: count) }
            }
        }
    }

    private mutating func add(_ commitment: Commitment, _ index: Int, _ group: Range<Int>, count: Int) {
        let steps = group.filter { commitment.applies(at: $0) }
        guard let first = group.first, let step = steps.first else { return }
        let up = commitment.up[first]
        let down = commitment.down[first]
        guard up != 0 || down != 0 else { return }
        if group.count == 1 {
            add(commitment, step, up: up, down: down, count: count)
        } else {
            // A negative price of a worst deviation has no sensible meaning and no bounded optimum.
            worst.append(
                WorstDeviation(
                    commitment: index, subject: commitment.subject, steps: steps,
                    quantities: steps.map { commitment.quantity[$0] }, up: max(0, up), shortfall: max(0, -down)))
        }
    }

    private mutating func addSteps(of commitment: Commitment, count: Int) {
        for step in 0..<count where commitment.applies(at: step) {
            let (up, down) = (commitment.up[step], commitment.down[step])
            if up != 0 || down != 0 { add(commitment, step, up: up, down: down, count: count) }
        }
    }

    private mutating func add(_ commitment: Commitment, _ step: Int, up: Double, down: Double, count: Int) {
        let position = commitment.quantity[step]
        switch commitment.subject {
        case .site: site[step].add(at: position, below: down, above: up)
        case .device(let device): devices[device][step].add(at: position, below: down, above: up)
        case .sum(let sum): sums[sum][step].add(at: position, below: down, above: up)
        case .stock(let device):
            if stocks[device].isEmpty { stocks[device] = [StepCost](repeating: StepCost(), count: count) }
            stocks[device][step].add(at: position, below: down, above: up)
        }
    }
}
