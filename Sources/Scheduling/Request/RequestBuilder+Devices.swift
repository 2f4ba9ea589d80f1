import EnergyCore

extension RequestBuilder {
    /// An entry of a list of flex-models with what it refers to.
    struct Entry {
        var sensor: Sensor?
        var asset: Asset
        var members: JSONObject
    }

    /// Several devices, by the rules of the asset endpoint.
    func request(_ message: TriggerMessage, for asset: Asset) throws(RequestRefusal) -> ScheduleRequest {
        let entries = try entries(message, in: asset)
        let end = try message.end(defaultDuration: settings.planningHorizon)
        let context = world.inheritedFlexContext(of: asset).replaced(by: message.flexContext)
        if message.isSequential { return try sequence(message, asset, entries, end: end, context: context) }
        if entries.count == 1, let sensor = entries[0].sensor, isProcess(entries[0].asset) {
            var single = message
            single.flexModel = [entries[0].members]
            return try request(single, for: sensor, target: .asset(asset))
        }
        let zone = entries.compactMap(\.sensor).first?.timezone
        let parsedContext = try parsed(context, zone: zone)
        var models: [DeviceRequest] = []
        for entry in entries {
            var model = try device(entry.members, sensor: entry.sensor, asset: entry.asset)
            try fillStart(of: &model, at: message.start.instant)
            models.append(model)
        }
        let explicit = entries.map { $0.members["asset"] != nil }
        let stored = try storedFlows(below: asset, besides: Set(entries.map(\.asset.id)))
        let (devices, groups) = try grouped(models + stored, namesAsset: explicit + stored.map { _ in false })
        try checkSharedStocks(devices)
        let finest = entries.compactMap { $0.sensor?.resolution }.filter { $0 > .zero }.min()
        let step = message.resolution ?? finest ?? .minutes(15)
        let stretched = stretchedEnd(end, message.start.instant, devices, step: step)
        var request = ScheduleRequest(
            target: .asset(asset), start: message.start,
            grid: try grid(message.start.instant, stretched, step), end: stretched,
            prior: message.prior, context: parsedContext,
            subject: .devices(devices), mergedContext: context, mergedModels: entries.map(\.members), groups: groups)
        try addFlows(of: models + stored, to: &request)
        return request
    }

    /// Entries that feed one stock may each leave out its level at the start and its efficiency, but not differ in them.
    private func checkSharedStocks(_ devices: [DeviceRequest]) throws(RequestRefusal) {
        for (index, device) in devices.enumerated() {
            guard let sensor = device.model.stateOfCharge else { continue }
            for other in devices[..<index] where other.model.stateOfCharge?.id == sensor.id {
                let levels = [device.model.socAtStart, other.model.socAtStart].compactMap { $0 }
                let losses = [device.model.storageEfficiency, other.model.storageEfficiency].compactMap { $0 }
                let field = Set(levels).count > 1 ? "soc-at-start" : Set(losses).count > 1 ? "storage-efficiency" : nil
                guard let field else { continue }
                throw RequestRefusal(
                    .body,
                    FieldErrors(
                        field, "Devices that share the stock of sensor \(sensor.id) must have the same \(field)."))
            }
        }
    }

    /// Resolves and checks the references of the entries, and merges them over what is stored on their assets.
    private func entries(_ message: TriggerMessage, in asset: Asset) throws(RequestRefusal) -> [Entry] {
        var errors = FieldErrors()
        var entries: [Entry] = []
        for (index, members) in message.flexModel.enumerated() {
            if let entry = entry(members, ["flex-model", "\(index)"], &errors) { entries.append(entry) }
        }
        if errors.isEmpty { check(entries, in: asset, &errors) }
        guard errors.isEmpty else { throw RequestRefusal(.argumentsAndBody, errors) }
        return entries
    }

    private func entry(_ members: JSONObject, _ path: [String], _ errors: inout FieldErrors) -> Entry? {
        let before = errors
        var sensor: Sensor?
        if let id = members["sensor"] { sensor = self.sensor(id, path + ["sensor"], &errors) }
        var asset: Asset?
        if let id = members["asset"] { asset = self.asset(id, path + ["asset"], &errors) }
        guard errors == before else { return nil }
        guard let subject = asset ?? sensor.flatMap({ world.asset($0.assetID) }) else {
            errors.add(path + [FieldErrors.wholeInput], "Specify either a sensor or an asset.")
            return nil
        }
        if let sensor, sensor.assetID != subject.id {
            errors.add(path + [FieldErrors.wholeInput], "Sensor does not belong to asset.")
            return nil
        }
        let stored = subject.flexModel?.objectValue ?? JSONObject()
        return Entry(sensor: sensor, asset: subject, members: stored.replaced(by: members))
    }

    private func sensor(_ value: JSONValue, _ path: [String], _ errors: inout FieldErrors) -> Sensor? {
        let id = value.intValue ?? value.stringValue.flatMap { Int($0) }
        if let id, let sensor = world.sensor(id) { return sensor }
        errors.add(path, "No sensor found with ID \(value.recordText).")
        return nil
    }

    private func asset(_ value: JSONValue, _ path: [String], _ errors: inout FieldErrors) -> Asset? {
        let id = value.intValue ?? value.stringValue.flatMap { Int($0) }
        if let id, let asset = world.asset(id) { return asset }
        errors.add(path, "No asset found with ID \(value.recordText).")
        return nil
    }

    private func check(_ entries: [Entry], in asset: Asset, _ errors: inout FieldErrors) {
        let members = Set(world.subtree(of: asset).map(\.id))
        var seen: Set<SensorID> = []
        for entry in entries {
            if let sensor = entry.sensor, !seen.insert(sensor.id).inserted {
                errors.add(
                    FieldErrors.wholeInput, "Sensor \(sensor.id) should not occur more than once in the flex-model")
                return
            }
        }
        for entry in entries where !members.contains(entry.asset.id) {
            let subject = entry.sensor.map { "Sensor \($0.id)" } ?? "Asset \(entry.asset.id)"
            errors.add(
                FieldErrors.wholeInput, "\(subject) does not belong to asset \(asset.id) (or to one of its offspring)")
            return
        }
    }
}
