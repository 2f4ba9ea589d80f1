import Optimizer

/// One thing that a request says about what must not happen, such as "the stock is 2 MWh at 01:00".
struct LimitStatement {
    /// What is limited.
    enum Kind: Hashable {
        case charging(Int)
        case discharging(Int)
        case floor(Int)
        case ceiling(Int)
        case minimum(Int)
        case maximum(Int)
        case target(Int)
        case siteConsumption
        case siteProduction
        case sumConsumption(Int)
        case sumProduction(Int)
    }

    var kind: Kind
    var steps: Range<Int>
    /// MW or MWh.
    var value: Double
    /// What it comes down to in the programme.
    var limits: [Limit]
    /// The outermost limit of each step, whose price is that of the statement.
    var edges: [(step: Int, limit: Limit)]
    /// MW or MWh per unit of the programme.
    var unit: Double

    /// True if loosening raises the value.
    var isCeiling: Bool {
        switch kind {
        case .charging, .discharging, .ceiling, .maximum, .siteConsumption, .siteProduction, .sumConsumption,
            .sumProduction:
            true
        case .floor, .minimum, .target: false
        }
    }
}

/// Collects the statements behind the hard limits of a snapshot, in the order in which people give them.
struct LimitStatements {
    private let snapshot: SchedulingSnapshot
    private let problem: SchedulingProblem
    private let programme: Programme
    private(set) var all: [LimitStatement] = []

    init(_ snapshot: SchedulingSnapshot, _ problem: SchedulingProblem, _ programme: Programme) {
        self.snapshot = snapshot
        self.problem = problem
        self.programme = programme
        for index in problem.devices.indices { addDevice(index) }
        addSite()
        for (index, sum) in problem.sums.enumerated() {
            addRuns(.sumConsumption(index), sum.upper, programme.scale.site) { step in
                programme.sums[index][step].limits(ofRising: true)
            }
            addRuns(.sumProduction(index), sum.lower.negated(), programme.scale.site) { step in
                programme.sums[index][step].limits(ofRising: false)
            }
        }
    }

    private mutating func addDevice(_ index: Int) {
        let programme = programme
        let device = problem.devices[index]
        let unit = programme.scale.devices[index]
        addRuns(.charging(index), device.powerUpper, unit) { step in
            programme.powers[index][step].limits(ofRising: true)
        }
        addRuns(.discharging(index), device.powerLower.negated(), unit) { step in
            programme.powers[index][step].limits(ofRising: false)
        }
        guard !programme.stocks[index].isEmpty else { return }
        let source = snapshot.devices[index]
        func low(_ step: Int) -> [Limit] { programme.stocks[index][step].limits(ofRising: false) }
        func high(_ step: Int) -> [Limit] { programme.stocks[index][step].limits(ofRising: true) }
        let targets = source.targets
        let minima = zip(source.hardMinima, targets).map { $1.isNaN && $0 > source.socMin ? $0 : .nan }
        let maxima = zip(source.hardMaxima, targets).map { $1.isNaN && $0 < source.socMax ? $0 : .nan }
        addRuns(.target(index), targets, unit) { low($0) + high($0) }
        addRuns(.minimum(index), minima, unit, low)
        addRuns(.maximum(index), maxima, unit, high)
        let floors = targets.indices.map { targets[$0].isNaN && minima[$0].isNaN ? source.socMin : .nan }
        let ceilings = targets.indices.map { targets[$0].isNaN && maxima[$0].isNaN ? source.socMax : .nan }
        addWhole(.floor(index), floors, unit, low)
        addWhole(.ceiling(index), ceilings, unit, high)
    }

    private mutating func addSite() {
        let programme = programme
        let unit = programme.scale.site
        // Where the site has columns of its own, its row only says what they sum up.
        let outlook = SiteOutlook(problem, StepCosts(problem))
        let (lower, upper) = (problem.siteLower, problem.siteUpper)
        addRuns(.siteConsumption, upper, unit) { step in
            guard let net = programme.sites[step] else { return programme.siteRows[step].map { [.most(of: $0)] } ?? [] }
            return upper[step] == outlook.upper[step] ? net.limits(ofRising: true) : []
        }
        addRuns(.siteProduction, lower.negated(), unit) { step in
            guard let net = programme.sites[step] else {
                return programme.siteRows[step].map { [.least(of: $0)] } ?? []
            }
            return lower[step] == outlook.lower[step] ? net.limits(ofRising: false) : []
        }
    }

    /// One statement per stretch of equal values.
    private mutating func addRuns(
        _ kind: LimitStatement.Kind, _ values: [Double], _ unit: Double, _ limits: (Int) -> [Limit]
    ) {
        var step = 0
        while step < values.count {
            var end = step + 1
            while end < values.count, values[end] == values[step] { end += 1 }
            if values[step].isFinite { add(kind, step..<end, values[step], unit, Array(step..<end), limits) }
            step = max(end, step + 1)
        }
    }

    /// One statement for all steps.
    private mutating func addWhole(
        _ kind: LimitStatement.Kind, _ values: [Double], _ unit: Double, _ limits: (Int) -> [Limit]
    ) {
        let steps = values.indices.filter { values[$0].isFinite }
        guard let first = steps.first else { return }
        add(kind, 0..<values.count, values[first], unit, steps, limits)
    }

    private mutating func add(
        _ kind: LimitStatement.Kind, _ range: Range<Int>, _ value: Double, _ unit: Double, _ steps: [Int],
        _ limits: (Int) -> [Limit]
    ) {
        var present: [Limit] = []
        var edges: [(step: Int, limit: Limit)] = []
        for step in steps {
            let own = limits(step).filter { programme.linear[$0].isFinite }
            present += own
            if case .target = kind {
                // It may hold the stock from either side.
                edges += own.map { (step, $0) }
            } else if let edge = own.last {
                edges.append((step, edge))
            }
        }
        guard !present.isEmpty else { return }
        all.append(LimitStatement(kind: kind, steps: range, value: value, limits: present, edges: edges, unit: unit))
    }
}

extension PieceSum {
    /// The limits that keep the quantity from rising (or falling) further.
    func limits(ofRising rising: Bool) -> [Limit] {
        if pieces.count == 1, let piece = pieces.first, anchor == 0 {
            return [rising == (piece.sign > 0) ? .upper(of: piece.column) : .lower(of: piece.column)]
        }
        return pieces.filter { ($0.sign > 0) == rising }.map { .upper(of: $0.column) }
    }
}
