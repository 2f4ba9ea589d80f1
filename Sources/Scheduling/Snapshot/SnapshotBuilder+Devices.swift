import EnergyCore
import Foundation

extension SnapshotBuilder {
    private static let points = SeriesResolver.Rule(isInstant: true)

    func device(_ device: DeviceRequest) throws -> DeviceSnapshot {
        let model = device.model
        let context = request.context
        guard let powerCapacity = device.powerCapacity else {
            throw SchedulingFailure.noPowerCapacity(device.asset.id)
        }
        let rule = SeriesResolver.Rule(overlap: .lowest)
        func capacity(_ quantity: VariableQuantity?) throws -> [Double] {
            try resolver.series(quantity, rule).map { $0.isNaN ? $0 : max(0, $0) }
        }
        let power = try capacity(powerCapacity)
        let (charging, discharging) = try efficiencies(model)
        let ownTargets = try points(model.socTargets, isSoft: false, .last)
        var snapshot = DeviceSnapshot(
            label: device.label, powerCapacity: power,
            consumptionCapacity: try capacity(model.consumptionCapacity).capped(by: power),
            productionCapacity: try capacity(model.productionCapacity).capped(by: power),
            mayConsume: device.mayConsume, mayProduce: device.mayProduce,
            consumptionBreachPrice: try breach(context.consumptionBreachPrice, when: model.consumptionCapacity),
            productionBreachPrice: try breach(context.productionBreachPrice, when: model.productionCapacity),
            charging: charging, discharging: discharging, retention: try retention(device), gain: try gain(model),
            start: model.socAtStart, socMin: model.socMin ?? (model.socAtStart == nil ? -.infinity : 0),
            socMax: model.socMax ?? .infinity,
            minima: try points(model.socMinima, isSoft: context.socMinimaBreachPrice != nil, .highest),
            maxima: try points(model.socMaxima, isSoft: context.socMaximaBreachPrice != nil, .lowest),
            targets: ownTargets,
            minimaBreachPrice: try stockBreach(context.socMinimaBreachPrice, when: model.socMinima),
            maximaBreachPrice: try stockBreach(context.socMaximaBreachPrice, when: model.socMaxima),
            prefersChargingSooner: model.prefersChargingSooner, prefersCurtailingLater: model.prefersCurtailingLater)
        snapshot.targetsBreachPrice = try stockBreach(context.socTargetsBreachPrice, when: model.socTargets)
        snapshot.isAtSite = model.links.commodity == nil
        snapshot.coupling = coupling(device)
        snapshot.modes = model.links.modes.map(\.power)
        return snapshot
    }

    /// The direction is that of the only directional capacity that is given; else the device consumes.
    private func coupling(_ device: DeviceRequest) -> DeviceCoupling? {
        guard let name = device.model.links.coupling else { return nil }
        func isOpen(_ capacity: VariableQuantity?) -> Bool { capacity != nil && capacity != .fixed(0) }
        let model = device.model
        let isClosed = model.consumptionCapacity == .fixed(0) || !device.mayConsume
        let produces = isClosed || (isOpen(model.productionCapacity) && !isOpen(model.consumptionCapacity))
        return DeviceCoupling(name: name, share: (produces ? -1 : 1) * model.links.couplingCoefficient)
    }

    private func breach(_ price: VariableQuantity?, when field: VariableQuantity?) throws -> [Double]? {
        guard let price, field != nil else { return nil }
        return try resolver.series(price, SeriesResolver.Rule(extendsEnds: true))
    }

    /// Prices of stocks are looked up where the stock is measured: at the ends of steps.
    private func stockBreach(_ price: VariableQuantity?, when field: VariableQuantity?) throws -> [Double]? {
        guard let price, field != nil else { return nil }
        let shifted = SeriesResolver(
            grid: StepGrid(start: request.grid.time(1), step: request.grid.step, count: request.grid.count),
            end: request.end + request.grid.step, prior: request.prior, readings: resolver.readings)
        return try shifted.series(price, SeriesResolver.Rule(extendsEnds: true))
    }

    /// Hard points beyond the window's end do not count; of overlapping ones the last counts.
    private func points(
        _ quantity: VariableQuantity?, isSoft: Bool, _ overlap: SeriesResolver.Overlap
    ) throws -> [Double] {
        var rule = Self.points
        rule.overlap = isSoft ? overlap : .last
        rule.cutoff = isSoft ? nil : request.end
        return try resolver.series(quantity, rule)
    }

    private func efficiencies(_ model: FlexModel) throws -> (charging: [Double], discharging: [Double]) {
        if let roundtrip = model.roundtripEfficiency {
            let one = [Double](repeating: roundtrip.squareRoot(), count: request.grid.count)
            return (one, one)
        }
        return (
            try resolver.series(model.chargingEfficiency ?? .fixed(1)).filled(with: 1),
            try resolver.series(model.dischargingEfficiency ?? .fixed(1)).filled(with: 1)
        )
    }

    /// The storage efficiency is a loss per resolution of the power sensor.
    private func retention(_ device: DeviceRequest) throws -> [Double] {
        let resolution = device.sensor?.resolution ?? request.grid.step
        let power = resolution > .zero ? request.grid.step.inHours / resolution.inHours : 1
        return try resolver.series(device.model.storageEfficiency ?? .fixed(1)).filled(with: 1).map { share in
            let kept = min(1, max(0, share))
            return power == 1 ? kept : pow(kept, power)
        }
    }

    private func gain(_ model: FlexModel) throws -> [Double] {
        var sum = [Double](repeating: 0, count: request.grid.count)
        for (sign, components) in [(1.0, model.socGain), (-1.0, model.socUsage)] {
            for component in components {
                let series = try resolver.series(component)
                for step in sum.indices where !series[step].isNaN { sum[step] += sign * series[step] }
            }
        }
        return sum
    }
}
