import EnergyCore

/// Collects what a schedule brings to sensors: the devices' power, sums, parts by direction, and stocks.
struct OutputList {
    /// A profile for a sensor, in MW with consumption positive.
    private struct Part {
        var sensor: Sensor
        var role: SensorOutput.Role
        var megawatts: [Double]
        /// What the sensor's attribute has to say afterwards; nil to follow it.
        var countsConsumption: Bool?
    }

    private var parts: [Part] = []

    /// Every sensor once per role, in the order of the devices; what comes for one sensor more than once adds up.
    static func outputs(
        of request: ScheduleRequest, _ devices: [DeviceRequest], _ problem: SchedulingProblem, _ powers: [[Double]],
        lookup: any FlexLookup
    ) -> [SensorOutput] {
        var list = OutputList()
        for (device, power) in zip(devices, powers) { list.add(device, power) }
        let site = problem.sitePower(powers)
        if let sensor = request.context.aggregatePower {
            list.add(Part(sensor: sensor, role: .aggregate, megawatts: site))
        }
        list.add(request.context.aggregates, site, ownSensor: nil, whole: .aggregate)
        for group in request.groups {
            let sum = group.sum(of: powers, in: problem)
            if let sensor = group.sensor, !group.outputs.includes(sensor) {
                list.add(Part(sensor: sensor, role: .aggregate, megawatts: sum))
            }
            list.add(group.outputs, sum, ownSensor: group.sensor, whole: .aggregate)
        }
        let writer = OutputWriter(grid: request.grid, lookup: lookup)
        let outputs = list.parts.map {
            writer.power($0.sensor, $0.megawatts, role: $0.role, countsConsumption: $0.countsConsumption)
        }
        return outputs + stocks(devices, problem, powers, writer)
    }

    private mutating func add(_ device: DeviceRequest, _ power: [Double]) {
        let outputs = device.model.outputs
        if let sensor = device.sensor, !outputs.includes(sensor) {
            add(Part(sensor: sensor, role: .power, megawatts: power))
            add(outputs, power, ownSensor: sensor, whole: .aggregate)
        } else {
            add(outputs, power, ownSensor: device.sensor, whole: .power)
        }
    }

    /// One sensor takes the whole profile, two take a direction each.
    private mutating func add(
        _ outputs: FlexOutputs, _ power: [Double], ownSensor: Sensor?, whole: SensorOutput.Role
    ) {
        switch (outputs.consumption, outputs.production) {
        case (nil, nil): return
        case (let sensor?, nil): add(Part(sensor: sensor, role: whole, megawatts: power, countsConsumption: true))
        case (nil, let sensor?): add(Part(sensor: sensor, role: whole, megawatts: power, countsConsumption: false))
        case (let consumption?, let production?):
            add(
                Part(
                    sensor: consumption, role: .aggregate, megawatts: power.map { max(0, $0) }, countsConsumption: true)
            )
            add(
                Part(
                    sensor: production, role: .aggregate, megawatts: power.map { min(0, $0) }, countsConsumption: false)
            )
        }
    }

    private mutating func add(_ part: Part) {
        if let place = parts.firstIndex(where: { $0.sensor.id == part.sensor.id && $0.role == part.role }) {
            parts[place].megawatts = zip(parts[place].megawatts, part.megawatts).map { $0 + $1 }
        } else {
            parts.append(part)
        }
    }

    private static func stocks(
        _ devices: [DeviceRequest], _ problem: SchedulingProblem, _ powers: [[Double]], _ writer: OutputWriter
    ) -> [SensorOutput] {
        devices.enumerated().compactMap { index, device in
            guard let sensor = device.model.stateOfCharge, let start = problem.devices[index].start else { return nil }
            let levels = problem.stocks(of: index, powers)
            return writer.stock(sensor, [start] + levels, full: device.model.socMax)
        }
    }
}

extension FlexOutputs {
    /// True if a sensor is one of the two.
    fileprivate func includes(_ sensor: Sensor) -> Bool { consumption?.id == sensor.id || production?.id == sensor.id }
}

extension GroupRequest {
    /// The power of its devices and known flows.
    fileprivate func sum(of powers: [[Double]], in problem: SchedulingProblem) -> [Double] {
        if let own = problem.sums.first(where: { $0.group == reference }) { return own.power(powers) }
        return (0..<problem.grid.count).map { step in members.reduce(0) { $0 + powers[$1][step] } }
    }
}
