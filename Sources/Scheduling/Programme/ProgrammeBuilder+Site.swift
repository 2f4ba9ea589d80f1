import Optimizer

extension ProgrammeBuilder {
    /// Ties the devices of a step to the site, if a limit or a kink of the site's cost can matter.
    mutating func addSite(_ step: Int, _ site: SiteOutlook) {
        let fixed = site.fixed[step]
        let anchors = devicesAtSite.reduce(0) { $0 + powers[$1][step].anchor }
        guard site.hasKinks[step] else {
            sites.append(nil)
            guard site.hasBindingLimit[step] else {
                siteRows.append(nil)
                return
            }
            let row = builder.addRow(
                lower: (problem.siteLower[step] - fixed - anchors) / scale.site,
                upper: (problem.siteUpper[step] - fixed - anchors) / scale.site)
            addDevices(of: step, to: row)
            siteRows.append(row)
            return
        }
        let range = said(
            (site.lower[step], max(site.lower[step], site.upper[step])), problem.siteLower[step],
            problem.siteUpper[step])
        let request = PieceRequest(lower: range.lower, upper: range.upper, cost: costs.site[step], unit: scale.site)
        let net = builder.addPieces(request, costScale: scale.cost)
        let row = builder.addRow(equals: (net.anchor - fixed - anchors) / scale.site)
        addDevices(of: step, to: row)
        for piece in net.pieces { builder.add(-piece.sign, to: row, piece.column) }
        sites.append(net)
        siteRows.append(row)
    }

    /// A range with room beyond the ends that nobody said, if limits have to bear their own prices.
    func said(
        _ range: (lower: Double, upper: Double), _ lower: Double, _ upper: Double
    ) -> (lower: Double, upper: Double) {
        guard isExplaining else { return range }
        let room = 1e-3 * max(1e-6, range.upper - range.lower)
        return (
            lower == range.lower ? lower : range.lower - room, upper == range.upper ? upper : range.upper + room
        )
    }

    private mutating func addDevices(of step: Int, to row: Row) {
        for index in devicesAtSite { addPower(of: index, step, to: row) }
    }

    private var devicesAtSite: [Int] { problem.devices.indices.filter { problem.devices[$0].isAtSite } }

    /// Adds the power of a device to a row in units of the site.
    mutating func addPower(of index: Int, _ step: Int, to row: Row) {
        let power = powers[index][step]
        let factor = power.unit / scale.site
        for piece in power.pieces { builder.add(factor * piece.sign, to: row, piece.column) }
    }

    /// The worst excess (shortfall) is a column that no step's excess (shortfall) may outgrow.
    mutating func addWorst(_ deviation: StepCosts.WorstDeviation, _ site: SiteOutlook) {
        let unit = unit(of: deviation.subject)
        for (price, direction) in [(deviation.up, 1.0), (deviation.shortfall, -1.0)] where price > 0 {
            var column: Column?
            for (index, step) in deviation.steps.enumerated() {
                let quantity = self.quantity(deviation, index)
                let range = self.range(of: deviation.subject, step, site)
                let possible = direction > 0 ? range.upper - quantity : quantity - range.lower
                guard possible > 0 else { continue }
                let worst = column ?? builder.addColumn(cost: price * priceFactor(deviation) * unit * scale.cost)
                column = worst
                let terms = self.terms(of: deviation.subject, step)
                let row = builder.addRow(upper: direction * (quantity - terms.constant) / unit)
                for term in terms.columns { builder.add(direction * term.factor / unit, to: row, term.column) }
                builder.add(-1, to: row, worst)
            }
        }
    }

    /// Quantities of stock commitments come in MW x steps above the start; rows are in MWh.
    private func quantity(_ deviation: StepCosts.WorstDeviation, _ index: Int) -> Double {
        guard case .stock(let device) = deviation.subject else { return deviation.quantities[index] }
        return (problem.devices[device].start ?? 0) + deviation.quantities[index] * hours
    }

    private func priceFactor(_ deviation: StepCosts.WorstDeviation) -> Double {
        if case .stock = deviation.subject { 1 / hours } else { 1 }
    }

    private func unit(of subject: Commitment.Subject) -> Double {
        switch subject {
        case .site, .sum: scale.site
        case .device(let device), .stock(let device): scale.devices[device]
        }
    }

    private func range(of subject: Commitment.Subject, _ step: Int, _ site: SiteOutlook) -> (
        lower: Double, upper: Double
    ) {
        switch subject {
        case .site: (site.lower[step], site.upper[step])
        case .sum(let sum): range(ofSum: sum, step)
        case .device(let device):
            (problem.devices[device].powerLower[step], problem.devices[device].powerUpper[step])
        case .stock(let device):
            (problem.devices[device].stockLower[step], problem.devices[device].stockUpper[step])
        }
    }

    /// A quantity as `constant + sum of factor x column`.
    private func terms(
        of subject: Commitment.Subject, _ step: Int
    ) -> (constant: Double, columns: [(column: Column, factor: Double)]) {
        switch subject {
        case .site:
            if let net = sites[step] { return Self.terms([net], constant: 0) }
            let fixed = problem.inflexible.reduce(0) { $0 + $1.power[step] }
            return Self.terms(devicesAtSite.map { powers[$0][step] }, constant: fixed)
        case .sum(let sum): return Self.terms([sums[sum][step]], constant: 0)
        case .device(let device): return Self.terms([powers[device][step]], constant: 0)
        case .stock(let device): return Self.terms([stocks[device][step]], constant: 0)
        }
    }

    private static func terms(
        _ sums: [PieceSum], constant: Double
    ) -> (constant: Double, columns: [(column: Column, factor: Double)]) {
        var total = constant
        var columns: [(column: Column, factor: Double)] = []
        for sum in sums {
            total += sum.anchor
            for piece in sum.pieces { columns.append((piece.column, piece.sign * sum.unit)) }
        }
        return (total, columns)
    }
}
