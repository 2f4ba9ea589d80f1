import EnergyCore

/// Merges the configuration of message, assets and parents, validates it and makes a request of it.
package struct RequestBuilder {
    let world: any FlexWorld
    let settings: SchedulingSettings

    package init(world: any FlexWorld, settings: SchedulingSettings = SchedulingSettings()) {
        self.world = world
        self.settings = settings
    }

    /// The request of a message to a sensor or an asset. Everything that can be checked without data is checked.
    package func request(
        _ members: JSONObject, for target: ScheduleRequest.Target
    ) throws(RequestRefusal) -> ScheduleRequest {
        switch target {
        case .sensor(let sensor):
            let message = try TriggerMessage(parsing: members, endpoint: .sensor)
            return try request(message, for: sensor, target: target)
        case .asset(let asset):
            let message = try TriggerMessage(parsing: members, endpoint: .asset)
            return try request(message, for: asset)
        }
    }

    /// One device, by the rules of the sensor endpoint.
    ///
    /// - Parameter neighbours: entries whose flows are known; nil for those stored on the assets around the sensor.
    func request(
        _ message: TriggerMessage, for sensor: Sensor, target: ScheduleRequest.Target,
        neighbours: [DeviceRequest]? = nil
    ) throws(RequestRefusal) -> ScheduleRequest {
        guard let asset = world.asset(sensor.assetID) else {
            throw RequestRefusal("No asset found with ID \(sensor.assetID).")
        }
        let end = try message.end(defaultDuration: settings.planningHorizon)
        let step = try step(message, sensor)
        let context = world.inheritedFlexContext(of: asset).replaced(by: message.flexContext)
        let stored = asset.flexModel?.objectValue ?? JSONObject()
        let model = stored.replaced(by: message.flexModel.first ?? JSONObject())
        if isProcess(asset) {
            return try process(message, sensor, target, end: end, step: step, context: context, model: model)
        }
        let parsedContext = try parsed(context, zone: sensor.timezone)
        var device = try device(model, sensor: sensor, asset: asset)
        try fillStart(of: &device, at: message.start.instant)
        if !device.model.isKnown { try applyDefaults(to: &device, start: message.start.instant) }
        let others = if let neighbours { neighbours } else { try storedFlows(below: asset, besides: [asset.id]) }
        let entries = [device] + others
        let (devices, groups) = try grouped(entries, namesAsset: entries.map { _ in false })
        let stretched = stretchedEnd(end, message.start.instant, devices, step: step)
        var request = ScheduleRequest(
            target: target, start: message.start,
            grid: try grid(message.start.instant, stretched, step), end: stretched,
            prior: message.prior, context: parsedContext, subject: .devices(devices),
            mergedContext: context, mergedModels: [model], groups: groups)
        try addFlows(of: entries, to: &request)
        return request
    }

    private func step(_ message: TriggerMessage, _ sensor: Sensor) throws(RequestRefusal) -> TimeSpan {
        guard let wanted = message.resolution else {
            return sensor.resolution > .zero ? sensor.resolution : .minutes(15)
        }
        guard sensor.resolution > .zero, wanted.microseconds % sensor.resolution.microseconds != 0 else {
            return wanted
        }
        let text =
            "Resolution of \(wanted.clockText) is incompatible with the sensor's required resolution of \(sensor.resolution.clockText)."
        throw RequestRefusal(.body, FieldErrors(FieldErrors.wholeInput, text))
    }

    func isProcess(_ asset: Asset) -> Bool { asset.type.name == "process" || asset.type.name == "load" }

    private func process(
        _ message: TriggerMessage, _ sensor: Sensor, _ target: ScheduleRequest.Target, end: Instant, step: TimeSpan,
        context: JSONObject, model: JSONObject
    ) throws(RequestRefusal) -> ScheduleRequest {
        let parsedContext = try parsed(context, zone: sensor.timezone)
        let process: ProcessModel
        do {
            process = try ProcessModel(
                parsing: model, in: FlexModelScope(lookup: world, sensor: sensor), start: message.start.instant)
        } catch {
            throw RequestRefusal(.body, error)
        }
        return ScheduleRequest(
            target: target, start: message.start, grid: try grid(message.start.instant, end, step),
            end: end, prior: message.prior, context: parsedContext,
            subject: .process(process, sensor), mergedContext: context, mergedModels: [model])
    }

    /// The steps of a schedule; so many that they could not be kept in memory are refused.
    func grid(_ start: Instant, _ end: Instant, _ step: TimeSpan) throws(RequestRefusal) -> StepGrid {
        let grid = StepGrid(start: start, end: end, step: step)
        guard grid.count > Self.mostSteps else { return grid }
        throw RequestRefusal(
            .body, FieldErrors("duration", "A schedule may have \(Self.mostSteps) steps at most, not \(grid.count)."))
    }

    private static let mostSteps = 1_000_000

    func parsed(_ context: JSONObject, zone: String?) throws(RequestRefusal) -> FlexContext {
        do {
            return try FlexContext(parsing: context, lookup: world, zone: zone.flatMap(Zone.named) ?? .utc)
        } catch {
            throw RequestRefusal(.body, error)
        }
    }

    /// A device from its merged flex-model, without the defaults of the sensor endpoint.
    func device(_ members: JSONObject, sensor: Sensor?, asset: Asset) throws(RequestRefusal) -> DeviceRequest {
        let model: FlexModel
        do {
            model = try FlexModel(parsing: members, in: FlexModelScope(lookup: world, sensor: sensor))
        } catch {
            throw RequestRefusal(.body, error)
        }
        var device = DeviceRequest(sensor: sensor, asset: asset, model: model)
        device.seeksLevel = model.socAtStart == nil
        device.powerCapacity = model.powerCapacity ?? siteCapacity(of: asset)
        func attribute(_ name: String) -> Bool? {
            (sensor.flatMap { world.attribute(name, of: $0) } ?? asset.attributes[name])?.boolValue
        }
        let consumes = attribute("is_consumer")
        let produces = attribute("is_producer")
        device.mayProduce = !(consumes == true && produces == false)
        device.mayConsume = !(produces == true && consumes == false)
        device.fallsBackOnConsuming = consumes ?? false
        device.fallsBackOnProducing = produces ?? false
        return device
    }

    /// The attribute `site-power-capacity` of an asset, or the field of that name in its inherited flex-context.
    private func siteCapacity(of asset: Asset) -> VariableQuantity? {
        let value =
            asset.attributes["site-power-capacity"] ?? world.inheritedFlexContext(of: asset)["site-power-capacity"]
        guard let value else { return nil }
        if let number = value.doubleValue { return .fixed(number) }
        return (try? FlexContext(parsing: ["site-power-capacity": value], lookup: world))?.sitePowerCapacity
    }

    func stretchedEnd(_ end: Instant, _ start: Instant, _ devices: [DeviceRequest], step: TimeSpan) -> Instant {
        devices.reduce(end) { end, device in
            guard let latest = device.model.latestTarget, latest > end else { return end }
            let own = device.sensor?.resolution ?? .zero
            let unit = own > .zero ? own : step
            let isUnlimited = settings.maximumSteps > 1_000_000
            let longest = settings.longestSpan ?? (isUnlimited ? latest - start : unit * settings.maximumSteps)
            return max(end, min(latest, start + longest))
        }
    }
}

extension JSONObject {
    /// This object with the members of `other` in place of its own, each as a whole.
    func replaced(by other: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in other { result[key] = value }
        return result
    }
}
