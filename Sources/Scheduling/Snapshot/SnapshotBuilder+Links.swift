import EnergyCore

extension SnapshotBuilder {
    /// Currency per MW for what exceeds a directional capacity of a group, or of a commodity that has none.
    private static let softPrice = 1e7

    /// Groups, other commodities and stocks that several devices feed.
    func addLinks(to snapshot: inout SchedulingSnapshot) throws {
        try shareStocks(in: &snapshot)
        for group in request.groups { try add(group, to: &snapshot) }
        var names: [String] = []
        for name in devices.compactMap(\.model.links.commodity) + request.commoditiesWithFlows
        where !names.contains(name) {
            names.append(name)
        }
        for name in names { try addCommodity(name, to: &snapshot) }
    }

    /// The devices that a commitment is about; nil for the whole site.
    func sum(of spec: FlexCommitment) throws -> PowerSum? {
        let members: [Int]
        var flows: [InflexibleDevice] = []
        if let commodity = spec.commodity {
            members = devices.indices.filter { devices[$0].model.links.commodity == commodity }
            flows = request.context.commodities.first { $0.name == commodity }?.context.inflexibleDevices ?? []
        } else if let group = spec.group {
            let group = request.groups.first { $0.reference == group }
            (members, flows) = (group?.members ?? [], group?.flows ?? [])
        } else if !spec.sensors.isEmpty {
            members = devices.indices.filter { devices[$0].sensor.map { spec.sensors.contains($0.id) } ?? false }
        } else {
            return nil
        }
        return try sum(spec.name, members, flows)
    }

    /// The sum of some devices and known flows, without limits.
    private func sum(_ label: String, _ members: [Int], _ flows: [InflexibleDevice]) throws -> PowerSum {
        var sum = PowerSum(label, members: members, steps: request.grid.count)
        for flow in flows { sum.fixed = zip(sum.fixed, try inflexible(flow).power).map { $0 + $1 } }
        return sum
    }

    /// The first device that names a sensor for its state of charge owns the stock; the others feed it.
    private func shareStocks(in snapshot: inout SchedulingSnapshot) throws {
        for index in devices.indices {
            guard let sensor = devices[index].model.stateOfCharge,
                let owner = devices[..<index].firstIndex(where: { $0.model.stateOfCharge?.id == sensor.id })
            else { continue }
            let own = snapshot.devices[index]
            var shared = snapshot.devices[owner]
            if let field = difference(of: own, at: index, from: shared, at: owner) {
                throw SchedulingFailure.differentStocks(sensor.name, field)
            }
            shared.start = shared.start ?? own.start
            shared.merge(own)
            shared.isShared = true
            snapshot.devices[owner] = shared
            snapshot.devices[index].leaveStock(to: owner)
        }
    }

    /// What two entries about one stock may leave out but not say differently.
    private func difference(
        of own: DeviceSnapshot, at index: Int, from shared: DeviceSnapshot, at owner: Int
    ) -> String? {
        if let start = own.start, let other = shared.start, start != other { return "soc-at-start" }
        let speakers = devices[...index].indices.filter {
            devices[$0].model.storageEfficiency != nil
                && devices[$0].model.stateOfCharge?.id == devices[owner].model.stateOfCharge?.id
        }
        if speakers.count > 1, speakers.last == index, own.retention != shared.retention { return "storage-efficiency" }
        let differ = zip(own.targets, shared.targets).contains { abs($0 - $1) > 1e-9 * Swift.max(1, abs($0)) }
        return differ ? "soc-targets" : nil
    }

    /// The power capacity of a group is hard, its directional ones are soft.
    private func add(_ group: GroupRequest, to snapshot: inout SchedulingSnapshot) throws {
        let rule = SeriesResolver.Rule(overlap: .lowest)
        let capacity = try resolver.series(group.powerCapacity, rule)
        var sum = try sum(group.label, group.members, group.flows)
        sum.upper = capacity.filled(with: .infinity)
        sum.lower = sum.upper.negated()
        sum.group = group.reference
        var commitments: [Commitment] = []
        let consumption = try resolver.series(group.consumptionCapacity, rule)
        let production = try resolver.series(group.productionCapacity, rule)
        if group.consumptionCapacity != nil { commitments += softLimit(consumption, isCeiling: true, group.label) }
        if group.productionCapacity != nil { commitments += softLimit(production, isCeiling: false, group.label) }
        snapshot.add(sum, commitments)
    }

    /// What lies beyond a limit costs its worst step, and each step for its length.
    private func softLimit(_ capacity: [Double], isCeiling: Bool, _ label: String) -> [Commitment] {
        let (price, none) = (capacity.map { _ in Self.softPrice }, capacity.map { _ in 0.0 })
        let side = isCeiling ? "consumption" : "production"
        let quantity = isCeiling ? capacity : capacity.negated()
        return [
            ("any \(side) breach of \(label)", Commitment.Grouping.worst, price),
            ("all \(side) breaches of \(label)", .each, price.scaled(by: request.grid.hours)),
        ].map { name, grouping, price in
            Commitment(
                name, .site, grouping, quantity: quantity, up: isCeiling ? price : none,
                down: isCeiling ? none : price.negated())
        }
    }

    /// One energy price and one set of limits per commodity.
    private func addCommodity(_ name: String, to snapshot: inout SchedulingSnapshot) throws {
        let context = request.context.commodities.first { $0.name == name }?.context ?? FlexContext()
        let members = devices.indices.filter { devices[$0].model.links.commodity == name }
        var sum = try sum(name, members, context.inflexibleDevices)
        let site = try site(context)
        sum.upper = site.hardConsumption.filled(with: .infinity)
        sum.lower = site.hardProduction.filled(with: .infinity).negated()
        var commitments = site.commitments(hours: request.grid.hours)
        let none = [Double](repeating: 0, count: request.grid.count)
        let unpriced = context.consumptionPrice == nil && context.productionPrice == nil
        let unlimited = context.siteConsumptionCapacity == nil && context.siteProductionCapacity == nil
        if unpriced, unlimited, context.sitePowerCapacity == nil {
            // A node: what comes in goes out.
            (sum.lower, sum.upper) = (none, none)
        } else {
            if context.consumptionPrice == nil, context.siteConsumptionCapacity == nil, !(unpriced && unlimited) {
                commitments += softLimit(none, isCeiling: true, name)
            }
            if context.productionPrice == nil, context.siteProductionCapacity == nil, !(unpriced && unlimited) {
                commitments += softLimit(none, isCeiling: false, name)
            }
        }
        let consumption = try prices(context.consumptionPrice) ?? none
        let production = try prices(context.productionPrice) ?? none
        commitments.insert(snapshot.commodityCommitment(consumption, production), at: 0)
        snapshot.add(
            sum,
            commitments.map { commitment in
                var named = commitment
                if !named.name.hasSuffix(name) { named.name += " (\(name))" }
                return named
            })
    }
}

extension SchedulingSnapshot {
    /// Adds a sum with what it costs.
    mutating func add(_ sum: PowerSum, _ commitments: [Commitment]) {
        sumCommitments += commitments.map { commitment in
            var own = commitment
            own.subject = .sum(sums.count)
            return own
        }
        sums.append(sum)
    }

    /// What a commodity costs, with the preference for charging sooner in it if any device has it.
    fileprivate func commodityCommitment(_ consumption: [Double], _ production: [Double]) -> Commitment {
        guard devices.contains(where: \.prefersChargingSooner) else { return energyCommitment(consumption, production) }
        func sloped(_ prices: [Double]) -> [Double] { zip(prices, Self.slope(prices)).map { $0 + $1 } }
        return energyCommitment(sloped(consumption), sloped(production))
    }
}

extension DeviceSnapshot {
    /// Takes over what another device says about the same stock; where both speak, both hold.
    fileprivate mutating func merge(_ other: DeviceSnapshot) {
        func both(_ a: [Double], _ b: [Double], _ choose: (Double, Double) -> Double) -> [Double] {
            zip(a, b).map { $0.isNaN ? $1 : $1.isNaN ? $0 : choose($0, $1) }
        }
        socMin = Swift.max(socMin, other.socMin)
        socMax = Swift.min(socMax, other.socMax)
        minima = both(minima, other.minima, Swift.max)
        maxima = both(maxima, other.maxima, Swift.min)
        // Where both have one they are the same.
        targets = both(targets, other.targets) { first, _ in first }
        gain = zip(gain, other.gain).map { $0 + $1 }
        if retention.allSatisfy({ $0 == 1 }) { retention = other.retention }
        // Prices come from the flex-context, so that those of two entries never differ.
        minimaBreachPrice = minimaBreachPrice ?? other.minimaBreachPrice
        maximaBreachPrice = maximaBreachPrice ?? other.maximaBreachPrice
        targetsBreachPrice = targetsBreachPrice ?? other.targetsBreachPrice
    }

    /// Keeps no stock of its own.
    fileprivate mutating func leaveStock(to owner: Int) {
        stockOwner = owner
        start = nil
        (socMin, socMax) = (-.infinity, .infinity)
        let unknown = minima.map { _ in Double.nan }
        (minima, maxima, targets) = (unknown, unknown, unknown)
        (minimaBreachPrice, maximaBreachPrice, targetsBreachPrice) = (nil, nil, nil)
        gain = gain.map { _ in 0 }
    }
}
