extension FlexContext {
    /// The price fields in the order in which the shared currency is looked for.
    static let priceFields: [(name: String, measure: FlexMeasure)] = [
        ("consumption-breach-price", .pricePerPower), ("production-breach-price", .pricePerPower),
        ("soc-minima-breach-price", .pricePerEnergy), ("soc-maxima-breach-price", .pricePerEnergy),
        ("consumption-price", .pricePerEnergy), ("production-price", .pricePerEnergy),
        ("site-consumption-breach-price", .pricePerPower), ("site-production-breach-price", .pricePerPower),
        ("site-peak-consumption-price", .pricePerPower), ("site-peak-production-price", .pricePerPower),
        ("soc-targets-breach-price", .pricePerEnergy),
    ]
    static let powerFields = [
        "site-power-capacity", "site-consumption-capacity", "site-production-capacity", "site-peak-consumption",
        "site-peak-production",
    ]
    static let relaxFields = [
        "relax-constraints", "relax-soc-constraints", "relax-capacity-constraints", "relax-site-capacity-constraints",
    ]
    static let oldPriceFields = ["consumption-price-sensor", "production-price-sensor"]

    /// Every field of a flex-context that the API knows.
    package static let fields: Set<String> = Set(
        priceFields.map(\.name) + powerFields + relaxFields + oldPriceFields
            + signedDeviceFields.map(\.name) + [
                "inflexible-device-sensors", "aggregate-power", "aggregate-consumption", "aggregate-production",
                "commitments", "commodities",
            ])

    /// Reads and validates a flex-context. Faults come all at once, by field.
    package init(parsing given: JSONObject, lookup: any FlexLookup, zone: Zone = .utc) throws(FieldErrors) {
        self.init()
        let members = Self.withElectricity(given)
        var reader = FlexReader(lookup: lookup, zone: zone)
        for key in members.keys where !Self.fields.contains(key) { reader.errors.add(key, "Unknown field.") }
        Self.checkSpellings(members, &reader)
        readPrices(members, &reader)
        readPowers(members, &reader)
        readInflexibleDevices(members["inflexible-device-sensors"], &reader)
        for (field, sign) in Self.signedDeviceFields {
            inflexibleDevices += reader.knownFlows(members[field], field, sign)
        }
        aggregatePower = reader.powerOutput(members, "aggregate-power")
        aggregates = FlexOutputs(members, prefix: "aggregate-", &reader)
        readCommodities(members["commodities"], &reader)
        readCommitments(members["commitments"], &reader)
        relax(members, &reader)
        try reader.errors.throwIfAny()
    }

    private static func checkSpellings(_ members: JSONObject, _ reader: inout FlexReader) {
        for kind in ["consumption", "production"] {
            guard let old = members["\(kind)-price-sensor"] else { continue }
            if !old.isNull, members["\(kind)-price"] != nil {
                let text = "Must pass either \(kind)-price or \(kind)-price-sensor."
                reader.errors.add(FieldErrors.wholeInput, text)
                return
            }
        }
        let newer = Set(priceFields.map(\.name) + relaxFields).subtracting(["consumption-price", "production-price"])
        guard members.keys.contains(where: newer.contains) else { return }
        for kind in ["consumption", "production"] where members["\(kind)-price-sensor"] != nil {
            let text = "Please switch to using `\(kind)-price: {\"sensor\": <id>}`."
            reader.errors.add(FieldErrors.wholeInput, text)
            return
        }
    }

    private mutating func readPowers(_ members: JSONObject, _ reader: inout FlexReader) {
        let forms = FlexReader.Forms(lowest: 0)
        func power(_ field: String) -> VariableQuantity? { reader.variable(members[field], [field], .power, forms) }
        sitePowerCapacity = power("site-power-capacity")
        siteConsumptionCapacity = power("site-consumption-capacity")
        siteProductionCapacity = power("site-production-capacity")
        sitePeakConsumption = power("site-peak-consumption")
        sitePeakProduction = power("site-peak-production")
    }

    private mutating func readInflexibleDevices(_ value: JSONValue?, _ reader: inout FlexReader) {
        let field = "inflexible-device-sensors"
        guard let value else { return }
        guard let elements = value.arrayValue else {
            reader.errors.add(field, value.isNull ? "Field may not be null." : "Not a valid list.")
            return
        }
        for (index, element) in elements.enumerated() {
            guard let sensor = reader.sensor(id: element, [field, "\(index)"]) else { continue }
            guard let reference = SensorReference(sensor, as: .power) else {
                reader.errors.add(
                    [field, "\(index)"], "Inflexible device sensor '\(sensor.id)' must have a power or energy unit.")
                continue
            }
            let sign: Double = reader.lookup.countsConsumptionPositive(sensor) ? 1 : -1
            inflexibleDevices.append(InflexibleDevice(reference: reference, sign: sign))
        }
    }

    private mutating func relax(_ members: JSONObject, _ reader: inout FlexReader) {
        var flags: [String: Bool] = [:]
        for field in Self.relaxFields { flags[field] = reader.flag(members[field], [field]) ?? false }
        let umbrella = flags["relax-constraints"] ?? false
        func applies(_ flag: String, _ given: [String]) -> Bool {
            if flags[flag] == true { return true }
            return umbrella && !given.contains { members[$0] != nil }
        }
        if applies("relax-soc-constraints", ["soc-minima-breach-price", "soc-maxima-breach-price"]) {
            socMinimaBreachPrice = .fixed(1e6)
            socMaximaBreachPrice = .fixed(1e6)
        }
        if applies("relax-capacity-constraints", ["consumption-breach-price", "production-breach-price"]) {
            consumptionBreachPrice = .fixed(1e5)
            productionBreachPrice = .fixed(1e5)
        }
        let site = ["site-consumption-breach-price", "site-production-breach-price"]
        if applies("relax-site-capacity-constraints", site) {
            siteConsumptionBreachPrice = .fixed(1e7)
            siteProductionBreachPrice = .fixed(1e7)
        }
    }
}
