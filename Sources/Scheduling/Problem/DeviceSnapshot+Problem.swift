extension DeviceProblem {
    /// The hard limits of a device.
    init(_ device: DeviceSnapshot) {
        let hardProduction = device.productionBreachPrice == nil ? device.productionCapacity : device.powerCapacity
        let hardConsumption = device.consumptionBreachPrice == nil ? device.consumptionCapacity : device.powerCapacity
        let none = [Double](repeating: 0, count: device.powerCapacity.count)
        let bounds = device.stockBounds
        self.init(
            label: device.label,
            powerLower: device.mayProduce ? hardProduction.map { $0.isNaN ? -.infinity : -$0 } : none,
            powerUpper: device.mayConsume ? hardConsumption.filled(with: .infinity) : none,
            charging: device.charging, discharging: device.discharging, retention: device.retention, gain: device.gain,
            start: device.start, stockLower: bounds.lower, stockUpper: bounds.upper)
        isAtSite = device.isAtSite
        stockOwner = device.stockOwner
        coupling = device.coupling
        modes = device.modes
        forbidUselessDirections()
    }

    /// A direction in which nothing arrives is closed, so that no efficiency divides by zero.
    private mutating func forbidUselessDirections() {
        for step in discharging.indices where discharging[step] <= 0 {
            powerLower[step] = max(0, powerLower[step])
            discharging[step] = 1
        }
    }
}

extension DeviceSnapshot {
    /// Hard minima and maxima, soft ones left out.
    var hardMinima: [Double] { minimaBreachPrice == nil ? minima : minima.map { _ in .nan } }
    var hardMaxima: [Double] { maximaBreachPrice == nil ? maxima : maxima.map { _ in .nan } }

    /// Bounds at the end of each step before targets are taken into account.
    var boundsWithoutTargets: (lower: [Double], upper: [Double]) {
        let clipped = { (value: Double) in Swift.min(Swift.max(value, socMin), socMax) }
        return (hardMinima.map { clipped($0.isNaN ? socMin : $0) }, hardMaxima.map { clipped($0.isNaN ? socMax : $0) })
    }

    /// Bounds at the end of each step; a target makes both the same, within the others.
    var stockBounds: (lower: [Double], upper: [Double]) {
        let targets = targetsBreachPrice == nil ? targets : []
        guard start != nil else {
            return (minima.map { _ in -.infinity }, minima.map { _ in .infinity })
        }
        var (lower, upper) = boundsWithoutTargets
        for step in targets.indices where !targets[step].isNaN {
            let floor = Swift.max(lower[step], Swift.min(targets[step], upper[step]))
            let ceiling = Swift.min(upper[step], Swift.max(targets[step], lower[step]))
            lower[step] = floor
            upper[step] = ceiling
        }
        return (lower, upper)
    }

    /// Soft limits of the stock and of the power, in their fixed order.
    func commitments(at index: Int, hours: Double) -> [Commitment] {
        let zeros = [Double](repeating: 0, count: powerCapacity.count)
        var list: [Commitment] = []
        func raised(_ points: [Double]) -> [Double] { points.map { ($0 - (start ?? 0)) / hours } }
        func add(
            _ names: (any: String, all: String), _ subject: Commitment.Subject, _ quantity: [Double], _ price: [Double],
            isCeiling: Bool
        ) {
            for (name, grouping, price) in [
                (names.any, Commitment.Grouping.worst, price), (names.all, .each, price.scaled(by: hours)),
            ] {
                list.append(
                    Commitment(
                        name, subject, grouping, quantity: quantity, up: isCeiling ? price : zeros,
                        down: isCeiling ? zeros : price.negated()))
            }
        }
        if let price = minimaBreachPrice {
            add(("any soc minima", "all soc minima"), .stock(index), raised(minima), price, isCeiling: false)
        }
        if let price = maximaBreachPrice {
            add(("any soc maxima", "all soc maxima"), .stock(index), raised(maxima), price, isCeiling: true)
        }
        if let price = targetsBreachPrice {
            for isCeiling in [false, true] {
                add(("any soc targets", "all soc targets"), .stock(index), raised(targets), price, isCeiling: isCeiling)
            }
        }
        if let price = productionBreachPrice, mayProduce {
            add(
                ("any production breach device \(index)", "all production breaches device \(index)"), .device(index),
                productionCapacity.negated(), price, isCeiling: false)
        }
        if let price = consumptionBreachPrice, mayConsume {
            add(
                ("any consumption breach device \(index)", "all consumption breaches device \(index)"), .device(index),
                consumptionCapacity, price, isCeiling: true)
        }
        return list
    }
}
