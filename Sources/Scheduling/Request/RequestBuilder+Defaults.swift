import EnergyCore

extension RequestBuilder {
    private static let storageTypes: Set<String> = ["battery", "one-way_evse", "two-way_evse", "heat-storage"]

    /// What the sensor endpoint fills in for storage: the level at the start, and the bounds of the stock.
    func applyDefaults(to device: inout DeviceRequest, start: Instant) throws(RequestRefusal) {
        let isStorage = Self.storageTypes.contains(device.asset.type.name)
        if isStorage, !device.model.hasStart {
            device.model.socAtStart = recordedLevel(of: device, at: start)
            if device.model.socAtStart != nil { device.seeksLevel = false }
            if device.model.socAtStart == nil, device.model.socMin != nil || device.model.socMax != nil {
                device.model.socAtStart = 0
            }
        }
        guard isStorage || device.model.hasStart else { return }
        device.model.socMin = device.model.socMin ?? 0
        guard device.model.socMax == nil else { return }
        guard let highest = device.model.highestTarget else {
            throw RequestRefusal(
                "Need maximal permitted state of charge, please specify soc-max or some soc-targets.")
        }
        device.model.socMax = highest
    }

    /// The level that an attribute records for exactly this moment, in MWh.
    private func recordedLevel(of device: DeviceRequest, at start: Instant) -> Double? {
        func attribute(_ name: String) -> JSONValue? {
            device.sensor.flatMap { world.attribute(name, of: $0) } ?? device.asset.attributes[name]
        }
        guard let text = attribute("soc_datetime")?.stringValue, let moment = try? Instant(parsing: text),
            moment == start
        else { return nil }
        return attribute("soc_in_mwh")?.doubleValue
    }
}
