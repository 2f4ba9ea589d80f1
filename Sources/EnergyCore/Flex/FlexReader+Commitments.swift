extension FlexReader {
    /// One commitment of the user.
    mutating func commitment(_ members: JSONObject, _ path: [String], _ currency: String) -> FlexCommitment? {
        let before = errors.texts.count
        let known = ["name", "baseline", "up-price", "down-price", "sensors", "group", "commodity"]
        for key in members.keys where !known.contains(key) {
            errors.add(path + [key], "Unknown field.")
        }
        var commitment = FlexCommitment(name: "")
        switch members["name"] {
        case .string(let name)?: commitment.name = name
        case nil: errors.add(path + ["name"], "Missing data for required field.")
        case .null?: errors.add(path + ["name"], "Field may not be null.")
        default: errors.add(path + ["name"], "Not a valid string.")
        }
        commitment.baseline = baseline(members["baseline"], path + ["baseline"])
        commitment.upPrice = commitmentPrice(members["up-price"], "up-price", path, currency)
        commitment.downPrice = commitmentPrice(members["down-price"], "down-price", path, currency)
        commitment.sensors = commitmentSensors(members["sensors"], path + ["sensors"])
        commitment.group = FlexLinks.group(members["group"], path + ["group"], &self)
        commitment.commodity = name(members["commodity"], path + ["commodity"])
        if commitment.commodity == FlexLinks.electricity { commitment.commodity = nil }
        if ["sensors", "group", "commodity"].filter({ members[$0] != nil }).count > 1 {
            errors.add(path + [FieldErrors.wholeInput], "Specify only one of sensors, group and commodity.")
        }
        return errors.texts.count == before ? commitment : nil
    }

    private mutating func commitmentSensors(_ value: JSONValue?, _ path: [String]) -> [SensorID] {
        guard let value else { return [] }
        guard let elements = value.arrayValue else {
            errors.add(path, "Not a valid list.")
            return []
        }
        if elements.isEmpty { errors.add(path, "Shorter than minimum length 1.") }
        return elements.enumerated().compactMap { index, element in
            sensor(id: element["sensor"] ?? element, path + ["\(index)"])?.id
        }
    }

    private mutating func baseline(_ value: JSONValue?, _ path: [String]) -> VariableQuantity? {
        let quantity = variable(value, path, .power)
        if case .sensor(let reference)? = quantity, reference.mixing != .none {
            errors.add(path, "Commitment baseline must have a power unit.")
        }
        return quantity
    }

    private mutating func commitmentPrice(
        _ value: JSONValue?, _ field: String, _ path: [String], _ currency: String
    ) -> FlexCommitment.Price? {
        guard let value else { return nil }
        let place = path + [field]
        for measure in [FlexMeasure.pricePerPower, .pricePerEnergy] {
            var trial = self
            guard let raw = trial.rawPrice(value, place, measure, Forms()), let money = raw.currency,
                let price = trial.converted(raw, place, measure), trial.errors == errors
            else { continue }
            guard money == currency else {
                errors.add(
                    place,
                    "All prices in the flex-context must share the same currency unit (in this case: '\(currency)').")
                return nil
            }
            return FlexCommitment.Price(value: price, isPerEnergy: measure == .pricePerEnergy)
        }
        var trial = self
        if trial.raw(value, place, .pricePerPower, Forms()) == nil, isUnreadable(value) {
            errors = trial.errors
        } else {
            errors.add(place, "Commitment \(field) must have a power or energy unit in its denominator.")
        }
        return nil
    }

    /// True for values whose fault is not their unit.
    private func isUnreadable(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): (try? FlexQuantity(parsing: text)) == nil
        default: true
        }
    }
}
