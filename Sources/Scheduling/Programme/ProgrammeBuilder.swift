import Optimizer

/// Writes a scheduling problem as a sparse linear programme.
///
/// Stocks follow by recursion, one row per step, so the size grows with steps times devices. Columns and
/// rows that cannot matter are left out: no split at the meter without a kink there, no site row without
/// a limit that can be reached, no sign bits. See the module's page for the formulation.
struct ProgrammeBuilder {
    let problem: SchedulingProblem
    let costs: StepCosts
    let scale: ProgrammeScale
    let hours: Double
    /// True to let only what was said bound the sums of devices, so that each limit bears its own price. Otherwise sums
    /// are also bounded by what their devices can do, which is quicker to solve.
    let isExplaining: Bool
    var builder = LinearProgramBuilder()
    /// Power of each device and step.
    var powers: [[PieceSum]] = []
    /// Stock of each device and step; empty for devices whose stock does not matter.
    var stocks: [[PieceSum]] = []
    /// Net power per step, where it has columns of its own.
    var sites: [PieceSum?] = []
    /// The row that ties a step's devices to the site, where there is one.
    var siteRows: [Row?] = []
    var stockRows: [[Row]] = []
    /// Power of each sum and step.
    var sums: [[PieceSum]] = []

    init(_ problem: SchedulingProblem, isExplaining: Bool = false) {
        self.problem = problem
        self.isExplaining = isExplaining
        costs = StepCosts(problem)
        scale = ProgrammeScale(problem, costs)
        hours = problem.grid.hours
    }

    /// The finished programme.
    static func programme(for problem: SchedulingProblem, isExplaining: Bool = false) -> Programme {
        var builder = ProgrammeBuilder(problem, isExplaining: isExplaining)
        builder.build()
        return Programme(
            linear: builder.builder.build(), powers: builder.powers, sites: builder.sites, siteRows: builder.siteRows,
            sums: builder.sums, stockRows: builder.stockRows, stocks: builder.stocks, scale: builder.scale)
    }

    private mutating func build() {
        let steps = problem.grid.count
        let size = steps * problem.devices.count
        builder.reserve(columns: 3 * size + 2 * steps, rows: size + 2 * steps, entries: 6 * size + 4 * steps)
        let site = SiteOutlook(problem, costs)
        for index in problem.devices.indices { addDevice(index, site) }
        for index in problem.devices.indices where tracksStock(index) && isShared(index) { addStock(index) }
        for step in 0..<steps { addSite(step, site) }
        addLinks(site)
        for deviation in costs.worst { addWorst(deviation, site) }
    }

    private mutating func addDevice(_ index: Int, _ site: SiteOutlook) {
        let device = problem.devices[index]
        let tracksStock = tracksStock(index)
        var pieces: [PieceSum] = []
        pieces.reserveCapacity(problem.grid.count)
        for step in 0..<problem.grid.count {
            let request = PieceRequest(
                lower: device.powerLower[step], upper: device.powerUpper[step], cost: costs.devices[index][step],
                extraSlope: device.isAtSite ? site.linearSlope[step] : 0,
                splitsAtZero: tracksStock && device.isLossy(at: step),
                unit: scale.devices[index])
            pieces.append(builder.addPieces(request, costScale: scale.cost))
        }
        powers.append(pieces)
        stocks.append([])
        stockRows.append([])
        if tracksStock, device.stockOwner == nil, !isShared(index) { addStock(index) }
    }

    /// True if others feed the stock too, whose power must be written down first.
    private func isShared(_ index: Int) -> Bool { problem.devices.contains { $0.stockOwner == index } }

    /// True if the level of the stock that a device feeds matters.
    private func tracksStock(_ index: Int) -> Bool {
        let owner = problem.devices[index].stockOwner ?? index
        return problem.devices[owner].needsStock || !costs.stocks[owner].isEmpty
    }

    private mutating func addStock(_ index: Int) {
        let device = problem.devices[index]
        let unit = scale.devices[index]
        let feeders = problem.feeders(of: index)
        var level: PieceSum?
        for step in 0..<problem.grid.count {
            let kept = device.retention[step]
            let share = DeviceProblem.flowShare(retention: kept) * hours
            let anchorFlow = feeders.reduce(0) { $0 + problem.devices[$1].flow(powers[$1][step].anchor, step) }
            var constant = share * (device.gain[step] + anchorFlow)
            constant += kept * (level?.anchor ?? device.start ?? 0)
            let next = builder.addPieces(stockRequest(index, step), costScale: scale.cost)
            let row = builder.addRow(equals: (constant - next.anchor) / unit)
            for piece in next.pieces { builder.add(piece.sign, to: row, piece.column) }
            for piece in level?.pieces ?? [] { builder.add(-kept * piece.sign, to: row, piece.column) }
            for feeder in feeders { addFlow(of: feeder, step, share / unit, to: row) }
            stocks[index].append(next)
            stockRows[index].append(row)
            level = next
        }
    }

    private mutating func addFlow(of index: Int, _ step: Int, _ share: Double, to row: Row) {
        let device = problem.devices[index]
        let factor = share * scale.devices[index]
        for piece in powers[index][step].pieces {
            let efficiency = piece.isPositive ? device.charging[step] : 1 / device.discharging[step]
            builder.add(-factor * efficiency * piece.sign, to: row, piece.column)
        }
    }

    /// Stock commitments are priced per MW x step above the start; here they become prices per MWh.
    private func stockRequest(_ index: Int, _ step: Int) -> PieceRequest {
        let device = problem.devices[index]
        var cost = StepCost()
        if !costs.stocks[index].isEmpty {
            let priced = costs.stocks[index][step]
            cost.add(slope: priced.firstSlope / hours)
            for kink in priced.kinks {
                cost.add(at: (device.start ?? 0) + kink.position * hours, below: 0, above: kink.change / hours)
            }
        }
        return PieceRequest(
            lower: device.stockLower[step], upper: device.stockUpper[step], cost: cost, unit: scale.devices[index])
    }
}

extension DeviceProblem {
    /// True if some hard limit of the stock can bind.
    var needsStock: Bool {
        start != nil && (stockLower.contains { $0.isFinite } || stockUpper.contains { $0.isFinite })
    }
}
