import EnergyCore

/// Reads the data that a request refers to, and makes the snapshot of it.
package struct SnapshotBuilder {
    let request: ScheduleRequest
    let resolver: SeriesResolver
    let devices: [DeviceRequest]

    /// The snapshot of a request for devices. Throws `SchedulingFailure` when data are missing.
    package static func snapshot(
        of request: ScheduleRequest, devices: [DeviceRequest], readings: any SensorReadings
    ) throws -> SchedulingSnapshot {
        try SnapshotBuilder(request, devices, readings).build()
    }

    private init(_ request: ScheduleRequest, _ devices: [DeviceRequest], _ readings: any SensorReadings) {
        self.request = request
        self.devices = devices
        resolver = SeriesResolver(grid: request.grid, end: request.end, prior: request.prior, readings: readings)
    }

    private static let price = SeriesResolver.Rule(extendsEnds: true)
    private static let capacity = SeriesResolver.Rule(overlap: .lowest)

    private func build() throws -> SchedulingSnapshot {
        let context = request.context
        let hasFlows = !context.inflexibleDevices.isEmpty || !request.commoditiesWithFlows.isEmpty
        guard !devices.isEmpty || hasFlows else { throw SchedulingFailure.noDevices }
        let consumption = try energyPrice(context.consumptionPrice)
        let production = try context.productionPrice.map { try energyPrice($0) } ?? consumption
        var snapshot = SchedulingSnapshot(
            grid: request.grid, currency: context.currency, consumptionPrice: consumption,
            productionPrice: production, site: try site(context), devices: try devices.map { try device($0) },
            inflexible: try context.inflexibleDevices.map { try inflexible($0) }, commitments: [])
        for spec in context.commitments {
            let commitment = try commitment(spec)
            guard let sum = try sum(of: spec) else {
                snapshot.commitments.append(commitment)
                continue
            }
            snapshot.add(sum, [commitment])
        }
        try addLinks(to: &snapshot)
        return snapshot
    }

    /// Without electric devices no price of electricity is needed.
    private func energyPrice(_ price: VariableQuantity?) throws -> [Double] {
        let hasElectricity = devices.contains { $0.model.links.commodity == nil }
        let isAlone = devices.isEmpty && !request.context.inflexibleDevices.isEmpty
        if price == nil, !hasElectricity, !isAlone { return resolver.unknown }
        let series = try resolver.series(price, Self.price)
        if series.contains(where: { !$0.isNaN }) { return series }
        guard case .sensor(let reference)? = price else { throw SchedulingFailure.unknownPrices(nil) }
        throw SchedulingFailure.unknownPrices(reference.sensor.id)
    }

    func prices(_ price: VariableQuantity?) throws -> [Double]? {
        try price.map { try resolver.series($0, Self.price) }
    }

    func site(_ context: FlexContext) throws -> SiteSnapshot {
        let capacity = try resolver.series(context.sitePowerCapacity, Self.capacity)
        return SiteSnapshot(
            powerCapacity: capacity,
            consumptionCapacity: try resolver.series(context.siteConsumptionCapacity, Self.capacity).capped(
                by: capacity),
            productionCapacity: try resolver.series(context.siteProductionCapacity, Self.capacity).capped(by: capacity),
            consumptionBreachPrice: try prices(context.siteConsumptionBreachPrice),
            productionBreachPrice: try prices(context.siteProductionBreachPrice),
            consumptionPeak: try peak(context.sitePeakConsumption, context.sitePeakConsumptionPrice),
            productionPeak: try peak(context.sitePeakProduction, context.sitePeakProductionPrice))
    }

    private func peak(_ existing: VariableQuantity?, _ price: VariableQuantity?) throws -> SiteSnapshot.Peak? {
        guard let price = try prices(price) else { return nil }
        return SiteSnapshot.Peak(existing: try resolver.series(existing ?? .fixed(0), Self.price), price: price)
    }

    func inflexible(_ device: InflexibleDevice) throws -> InflexibleFlow {
        let sensor = device.reference.sensor
        let own = sensor.resolution > .zero ? sensor.resolution.inHours : request.grid.hours
        let power = try resolver.sensorValues(device.reference).map { value in
            let known = value.isNaN ? device.reference.fallback : device.reference.value(of: value, stepHours: own)
            return device.sign * (known ?? 0)
        }
        return InflexibleFlow(label: sensor.name, power: power)
    }

    private func commitment(_ spec: FlexCommitment) throws -> Commitment {
        func prices(_ price: FlexCommitment.Price?) throws -> [Double] {
            guard let price else { return [Double](repeating: 0, count: request.grid.count) }
            let factor = price.isPerEnergy ? request.grid.hours : 1
            return try resolver.series(price.value).map { $0 * factor }
        }
        let baseline = try resolver.series(spec.baseline ?? .fixed(0))
        return Commitment(
            spec.name, .site, .each, quantity: baseline, up: try prices(spec.upPrice), down: try prices(spec.downPrice))
    }
}

extension [Double] {
    /// The lower of two series where both are known, else the one that is.
    func capped(by limit: [Double]) -> [Double] {
        zip(self, limit).map { $0.isNaN ? $1 : $1.isNaN ? $0 : Swift.min($0, $1) }
    }

    /// Unknown values replaced.
    func filled(with value: Double) -> [Double] { map { $0.isNaN ? value : $0 } }

    func negated() -> [Double] { map { -$0 } }
    func scaled(by factor: Double) -> [Double] { map { $0 * factor } }
}
