import Optimizer

extension ProgrammeBuilder {
    /// What ties devices to each other besides the site, and devices to bands of power.
    mutating func addLinks(_ site: SiteOutlook) {
        for index in problem.sums.indices {
            sums.append([])
            for step in 0..<problem.grid.count { addSum(index, step) }
        }
        addCouplings()
        for (index, device) in problem.devices.enumerated() where !device.modes.isEmpty {
            for step in 0..<problem.grid.count { addModes(of: index, step) }
        }
    }

    /// What a sum can be in a step, within its limits.
    func range(ofSum index: Int, _ step: Int) -> (lower: Double, upper: Double) {
        let sum = problem.sums[index]
        var (low, high) = (sum.fixed[step], sum.fixed[step])
        for member in sum.members {
            low += problem.devices[member].powerLower[step]
            high += problem.devices[member].powerUpper[step]
        }
        return (max(low, sum.lower[step]), min(high, sum.upper[step]))
    }

    private mutating func addSum(_ index: Int, _ step: Int) {
        let sum = problem.sums[index]
        let reach = range(ofSum: index, step)
        let isPlain = costs.sums[index][step].kinks(between: reach.lower, and: reach.upper).isEmpty
        let range =
            isExplaining && isPlain
            ? (lower: sum.lower[step], upper: sum.upper[step])
            : said((reach.lower, max(reach.lower, reach.upper)), sum.lower[step], sum.upper[step])
        let request = PieceRequest(
            lower: range.lower, upper: max(range.lower, range.upper), cost: costs.sums[index][step], unit: scale.site)
        let net = builder.addPieces(request, costScale: scale.cost)
        let anchors = sum.members.reduce(sum.fixed[step]) { $0 + powers[$1][step].anchor }
        let row = builder.addRow(equals: (net.anchor - anchors) / scale.site)
        for member in sum.members { addPower(of: member, step, to: row) }
        for piece in net.pieces { builder.add(-piece.sign, to: row, piece.column) }
        sums[index].append(net)
    }

    /// Coupled devices follow one level per step.
    private mutating func addCouplings() {
        var names: [String] = []
        for device in problem.devices {
            if let name = device.coupling?.name, !names.contains(name) { names.append(name) }
        }
        for name in names {
            for step in 0..<problem.grid.count {
                let level = builder.addColumn()
                for (index, device) in problem.devices.enumerated() where device.coupling?.name == name {
                    let row = builder.addRow(equals: -powers[index][step].anchor / scale.site)
                    addPower(of: index, step, to: row)
                    builder.add(-(device.coupling?.share ?? 1), to: row, level)
                }
            }
        }
    }

    /// One bit per band, of which exactly one is set; it says between which ends the power lies.
    private mutating func addModes(of index: Int, _ step: Int) {
        let device = problem.devices[index]
        let bands = device.modes.filter {
            $0.lowerBound <= device.powerUpper[step] && $0.upperBound >= device.powerLower[step]
        }
        let one = builder.addRow(equals: 1)
        let anchor = powers[index][step].anchor / scale.site
        let low = builder.addRow(lower: -anchor)
        let high = builder.addRow(upper: -anchor)
        addPower(of: index, step, to: low)
        addPower(of: index, step, to: high)
        for band in bands {
            let bit = builder.addColumn(upper: 1, isInteger: true)
            builder.add(1, to: one, bit)
            builder.add(-max(band.lowerBound, device.powerLower[step]) / scale.site, to: low, bit)
            builder.add(-min(band.upperBound, device.powerUpper[step]) / scale.site, to: high, bit)
        }
    }
}
