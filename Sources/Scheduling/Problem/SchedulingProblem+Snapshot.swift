extension SchedulingProblem {
    /// The programme of a snapshot: hard limits, and the commitments in their fixed order.
    package init(_ snapshot: SchedulingSnapshot) {
        let site = snapshot.site
        let (up, down) = snapshot.slopedPrices
        self.init(
            grid: snapshot.grid, currency: snapshot.currency, devices: snapshot.devices.map(DeviceProblem.init),
            inflexible: snapshot.inflexible,
            siteLower: site.hardProduction.map { $0.isNaN ? -.infinity : -$0 },
            siteUpper: site.hardConsumption.filled(with: .infinity),
            commitments: snapshot.commitments + [snapshot.energyCommitment(up, down)]
                + site.commitments(hours: snapshot.grid.hours) + snapshot.curtailingCommitments(up)
                + snapshot.devices.enumerated().flatMap { $1.commitments(at: $0, hours: snapshot.grid.hours) }
                + snapshot.sumCommitments)
        sums = snapshot.sums
    }
}

extension SchedulingSnapshot {
    /// A tiny price that grows over the horizon: a ten-thousandth of the spread of `prices` in the end.
    static func slope(_ prices: [Double]) -> [Double] {
        let known = prices.filter { !$0.isNaN }
        let spread = (known.max() ?? 0) - (known.min() ?? 0)
        let most = spread > 0 ? spread * 1e-4 : 1e-4
        let last = prices.count - 1
        return prices.indices.map { last > 0 ? most * Double($0) / Double(last) : 0 }
    }

    /// Energy prices with the preference for charging sooner in them, if any device has it.
    var slopedPrices: (consumption: [Double], production: [Double]) {
        guard devices.contains(where: \.prefersChargingSooner) else { return (consumptionPrice, productionPrice) }
        return (
            zip(consumptionPrice, Self.slope(consumptionPrice)).map { $0 + $1 },
            zip(productionPrice, Self.slope(productionPrice)).map { $0 + $1 }
        )
    }

    func energyCommitment(_ consumption: [Double], _ production: [Double]) -> Commitment {
        Commitment(
            "energy", .site, .each, quantity: zeros, up: consumption.scaled(by: grid.hours),
            down: production.scaled(by: grid.hours))
    }

    /// Consumption and production late in the horizon cost a little more.
    func curtailingCommitments(_ consumption: [Double]) -> [Commitment] {
        let slope = Self.slope(consumption).map { $0 / 2 }
        let known = zip(slope, consumption).map { $1.isNaN ? 0 : $0 }
        return devices.enumerated().filter(\.element.prefersCurtailingLater).map { index, _ in
            Commitment(
                "prefer curtailing device \(index) later", .device(index), .each, quantity: zeros, up: known,
                down: known.negated(), isPreference: true)
        }
    }

    private var zeros: [Double] { [Double](repeating: 0, count: grid.count) }
}

extension SiteSnapshot {
    /// What stays hard: the directional capacity, or with a breach price only the power capacity.
    var hardConsumption: [Double] { consumptionBreachPrice == nil ? consumptionCapacity : powerCapacity }
    var hardProduction: [Double] { productionBreachPrice == nil ? productionCapacity : powerCapacity }

    func commitments(hours: Double) -> [Commitment] {
        let zeros = [Double](repeating: 0, count: powerCapacity.count)
        var list: [Commitment] = []
        func consuming(_ name: String, _ grouping: Commitment.Grouping, _ quantity: [Double], _ price: [Double]) {
            list.append(Commitment(name, .site, grouping, quantity: quantity, up: price, down: zeros))
        }
        func producing(_ name: String, _ grouping: Commitment.Grouping, _ quantity: [Double], _ price: [Double]) {
            list.append(
                Commitment(name, .site, grouping, quantity: quantity.negated(), up: zeros, down: price.negated()))
        }
        if let peak = consumptionPeak {
            consuming("consumption peak", .worst, peak.existing.filled(with: .infinity), peak.price)
        }
        if let peak = productionPeak {
            producing("production peak", .worst, peak.existing.filled(with: .infinity), peak.price)
        }
        if let price = consumptionBreachPrice {
            consuming("any consumption breach", .worst, consumptionCapacity, price)
            consuming("all consumption breaches", .each, consumptionCapacity, price.scaled(by: hours))
        }
        if let price = productionBreachPrice {
            producing("any production breach", .worst, productionCapacity, price)
            producing("all production breaches", .each, productionCapacity, price.scaled(by: hours))
        }
        return list
    }
}
