import EnergyCore

extension RequestBuilder {
    /// One request per entry, each with the sensors of the earlier ones as known flows.
    func sequence(
        _ message: TriggerMessage, _ asset: Asset, _ entries: [Entry], end: Instant, context: JSONObject
    ) throws(RequestRefusal) -> ScheduleRequest {
        let models = try sequenceModels(entries)
        var neighbours = models.compactMap { $0 }.filter(\.model.isKnown)
        neighbours += try storedFlows(below: asset, besides: Set(entries.map(\.asset.id)))
        var requests: [ScheduleRequest] = []
        var earlier: [JSONValue] = []
        for (entry, model) in zip(entries, models) where model?.model.isKnown != true {
            guard let sensor = entry.sensor else {
                throw Self.refusal(of: requests.count, "A sensor is needed to schedule devices one after the other.")
            }
            var single = message
            let merged = world.inheritedFlexContext(of: entry.asset).replaced(by: message.flexContext)
            let own = merged["inflexible-device-sensors"]?.arrayValue ?? []
            single.flexContext["inflexible-device-sensors"] =
                own.isEmpty && earlier.isEmpty ? nil : .array(own + earlier)
            single.flexModel = [entry.members]
            requests.append(try request(single, for: sensor, target: .asset(asset), neighbours: neighbours))
            if model?.model.links.commodity == nil { earlier.append(.int(sensor.id)) }
            if let model { neighbours.append(planned(model, sensor)) }
        }
        let parsedContext = try parsed(context, zone: entries.first?.sensor?.timezone)
        let step = message.resolution ?? entries.compactMap { $0.sensor?.resolution }.filter { $0 > .zero }.min()
        return ScheduleRequest(
            target: .asset(asset), start: message.start,
            grid: try grid(message.start.instant, end, step ?? .minutes(15)), end: end,
            prior: message.prior, context: parsedContext, subject: .sequence(requests),
            mergedContext: context, mergedModels: entries.map(\.members))
    }

    /// The devices of the entries, nil for processes. What only makes sense for devices that are planned together is
    /// refused.
    private func sequenceModels(_ entries: [Entry]) throws(RequestRefusal) -> [DeviceRequest?] {
        var models: [DeviceRequest?] = []
        var ties: Set<String> = []
        for (index, entry) in entries.enumerated() {
            guard !isProcess(entry.asset) else {
                models.append(nil)
                continue
            }
            let model = try device(entry.members, sensor: entry.sensor, asset: entry.asset)
            let own = [model.model.links.coupling, model.model.stateOfCharge.map { "stock \($0.id)" }].compactMap { $0 }
            guard own.allSatisfy({ ties.insert($0).inserted }) else {
                throw Self.refusal(
                    of: index,
                    "Devices that are coupled or share a stock cannot be scheduled one after the other.")
            }
            models.append(model)
        }
        return models
    }

    private static func refusal(of index: Int, _ text: String) -> RequestRefusal {
        RequestRefusal(
            .argumentsAndBody, FieldErrors(["flex-model", "\(index)", FieldErrors.wholeInput], text))
    }

    /// A device whose plan is known by the time of the next: for the limits of its group and its commodity.
    private func planned(_ device: DeviceRequest, _ sensor: Sensor) -> DeviceRequest {
        var known = device
        known.model.isKnown = true
        known.model.knownFlows = []
        guard let reference = SensorReference(sensor, as: .power) else { return known }
        let sign: Double = world.countsConsumptionPositive(sensor) ? 1 : -1
        known.model.knownFlows = [InflexibleDevice(reference: reference, sign: sign)]
        return known
    }
}
