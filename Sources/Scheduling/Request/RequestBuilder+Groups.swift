import EnergyCore

extension RequestBuilder {
    /// Tells the entries that stand for groups from those that stand for devices.
    ///
    /// - Parameter namesAsset: which entries name their asset rather than only a sensor.
    func grouped(
        _ entries: [DeviceRequest], namesAsset: [Bool]
    ) throws(RequestRefusal) -> (devices: [DeviceRequest], groups: [GroupRequest]) {
        var pending: [FlexGroupReference] = []
        for entry in entries {
            if let group = entry.model.links.group, !pending.contains(group) { pending.append(group) }
        }
        guard !pending.isEmpty else { return (entries.filter { !$0.model.isKnown }, []) }
        var groups: [GroupRequest] = []
        var outer: [FlexGroupReference: FlexGroupReference] = [:]
        var isGroup = entries.map { _ in false }
        while let reference = pending.popLast() {
            guard !groups.contains(where: { $0.reference == reference }) else { continue }
            let place = entries.indices.first { entries[$0].stands(for: reference, namesAsset[$0]) }
            if let place { isGroup[place] = true }
            let entry = if let place { entries[place] } else { try stored(reference) }
            groups.append(GroupRequest(entry, reference, isSaved: place != nil))
            outer[reference] = entry.model.links.group
            if let next = entry.model.links.group { pending.append(next) }
        }
        let devices = entries.indices.filter { !isGroup[$0] && !entries[$0].model.isKnown }.map { entries[$0] }
        for (index, device) in devices.enumerated() {
            for place in try Self.places(from: device.model.links.group, outer, groups) {
                groups[place].members.append(index)
            }
        }
        for (index, entry) in entries.enumerated() where !entry.model.knownFlows.isEmpty {
            let own = isGroup[index] ? groups.first { entry.stands(for: $0.reference, namesAsset[index]) } : nil
            for place in try Self.places(from: own?.reference ?? entry.model.links.group, outer, groups) {
                for flow in entry.model.knownFlows { groups[place].flows.add(flow) }
            }
        }
        guard groups.allSatisfy({ !$0.members.isEmpty || !$0.flows.isEmpty }) else { throw Self.cycle }
        return (devices, groups)
    }

    /// The groups that one is in, from the innermost outwards.
    private static func places(
        from innermost: FlexGroupReference?, _ outer: [FlexGroupReference: FlexGroupReference], _ groups: [GroupRequest]
    ) throws(RequestRefusal) -> [Int] {
        var places: [Int] = []
        var seen: Set<FlexGroupReference> = []
        var next = innermost
        while let reference = next {
            guard seen.insert(reference).inserted else { throw cycle }
            if let place = groups.firstIndex(where: { $0.reference == reference }) { places.append(place) }
            next = outer[reference]
        }
        return places
    }

    private static var cycle: RequestRefusal {
        RequestRefusal(
            .argumentsAndBody,
            FieldErrors(
                ["flex-model", FieldErrors.wholeInput], "The groups of the flex-model must not contain themselves."))
    }

    /// A group that the message does not list: its limits are those stored on its asset.
    private func stored(_ reference: FlexGroupReference) throws(RequestRefusal) -> DeviceRequest {
        let sensor: Sensor? = if case .sensor(let id) = reference { world.sensor(id) } else { nil }
        let id: AssetID? = if case .asset(let id) = reference { id } else { sensor?.assetID }
        guard let asset = id.flatMap({ world.asset($0) }) else {
            throw RequestRefusal("The group of a device does not exist any more.")
        }
        return try device(asset.flexModel?.objectValue ?? JSONObject(), sensor: sensor, asset: asset)
    }
}

extension GroupRequest {
    init(_ entry: DeviceRequest, _ reference: FlexGroupReference, isSaved: Bool) {
        let named: Sensor? = if case .sensor = reference { entry.sensor } else { nil }
        self.init(
            label: entry.label, reference: reference, sensor: isSaved ? entry.sensor : named,
            powerCapacity: entry.model.powerCapacity, consumptionCapacity: entry.model.consumptionCapacity,
            productionCapacity: entry.model.productionCapacity)
        outputs = entry.model.outputs
    }
}

extension DeviceRequest {
    fileprivate func stands(for reference: FlexGroupReference, _ namesAsset: Bool) -> Bool {
        switch reference {
        case .asset(let id): namesAsset && asset.id == id
        case .sensor(let id): sensor?.id == id
        }
    }
}
