import EnergyCore

extension RequestBuilder {
    /// Known flows that are stored in the flex-models of assets that no entry is about. Their devices take no part.
    func storedFlows(below asset: Asset, besides mentioned: Set<AssetID>) throws(RequestRefusal) -> [DeviceRequest] {
        var found: [DeviceRequest] = []
        let flows = FlexContext.signedDeviceFields.map(\.name)
        for member in world.subtree(of: asset) where !mentioned.contains(member.id) {
            guard let stored = member.flexModel?.objectValue, flows.contains(where: { stored[$0] != nil }) else {
                continue
            }
            var members = JSONObject()
            for field in flows + ["commodity", "group"] { members[field] = stored[field] }
            found.append(try device(members, sensor: nil, asset: member))
        }
        return found
    }

    /// Adds the known flows of flex-models to those of the flex-context that are not in it yet.
    func addFlows(of entries: [DeviceRequest], to request: inout ScheduleRequest) throws(RequestRefusal) {
        for entry in entries {
            for flow in entry.model.knownFlows {
                guard let name = entry.model.links.commodity else {
                    request.context.inflexibleDevices.add(flow)
                    continue
                }
                if !request.commoditiesWithFlows.contains(name) { request.commoditiesWithFlows.append(name) }
                if let place = request.context.commodities.firstIndex(where: { $0.name == name }) {
                    request.context.commodities[place].context.inflexibleDevices.add(flow)
                } else {
                    var context = FlexContext()
                    context.inflexibleDevices = [flow]
                    request.context.commodities.append(FlexCommodity(name: name, context: context))
                }
            }
        }
        try checkOutputs(of: request)
    }

    /// A sensor that takes outputs counts one way only.
    private func checkOutputs(of request: ScheduleRequest) throws(RequestRefusal) {
        guard case .devices(let devices) = request.subject else { return }
        let outputs = devices.map(\.model.outputs) + request.groups.map(\.outputs) + [request.context.aggregates]
        let consuming = Set(outputs.compactMap(\.consumption?.id))
        if let both = outputs.compactMap(\.production?.id).first(where: consuming.contains) {
            throw RequestRefusal(
                .body, FieldErrors("production", "Sensor \(both) cannot take both consumption and production."))
        }
    }

    /// A level at the start that is written as a series is the value that holds at the start, else the last one before.
    func fillStart(of device: inout DeviceRequest, at start: Instant) throws(RequestRefusal) {
        guard case .series(let segments)? = device.model.startLevel else { return }
        let begun = segments.filter { $0.start <= start }
        let holding = begun.last { $0.end >= start } ?? begun.max { $0.end < $1.end }
        guard let level = holding?.value else {
            throw RequestRefusal(
                .body, FieldErrors("soc-at-start", "There is no value at or before the start of the schedule."))
        }
        device.model.socAtStart = level
        device.model.startLevel = nil
        device.seeksLevel = false
    }
}

extension [InflexibleDevice] {
    /// Adds a flow, unless its sensor is in the list.
    mutating func add(_ flow: InflexibleDevice) {
        if !contains(where: { $0.reference.sensor.id == flow.reference.sensor.id }) { append(flow) }
    }
}
