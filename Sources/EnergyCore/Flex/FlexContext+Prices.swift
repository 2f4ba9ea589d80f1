extension FlexContext {
    /// Reads all prices, finds the currency that they share and turns them into it.
    mutating func readPrices(_ members: JSONObject, _ reader: inout FlexReader) {
        var found: [String: FlexReader.Raw] = [:]
        for (field, measure) in Self.priceFields {
            guard let value = members[field] else { continue }
            let isEnergyPrice = field == "consumption-price" || field == "production-price"
            let forms = FlexReader.Forms(lowest: isEnergyPrice ? nil : 0)
            found[field] = reader.rawPrice(value, [field], measure, forms)
        }
        for field in Self.oldPriceFields {
            guard let value = members[field], let sensor = reader.sensor(id: value, [field]) else { continue }
            found[String(field.dropLast("-sensor".count))] = .sensor(sensor, SourceFilter(), fallback: nil)
        }
        guard let first = Self.priceFields.first(where: { found[$0.name]?.currency != nil }) else {
            for (field, raw) in found { reader.refusePrice(raw, field, "", nil) }
            return
        }
        currency = found[first.name]?.currency ?? currency
        for (field, measure) in Self.priceFields {
            guard let raw = found[field] else { continue }
            let price = reader.price(raw, field, measure, shared: (currency, first.name))
            set(field, price)
        }
    }

    private mutating func set(_ field: String, _ price: VariableQuantity?) {
        switch field {
        case "consumption-breach-price": consumptionBreachPrice = price
        case "production-breach-price": productionBreachPrice = price
        case "soc-minima-breach-price": socMinimaBreachPrice = price
        case "soc-maxima-breach-price": socMaximaBreachPrice = price
        case "consumption-price": consumptionPrice = price
        case "production-price": productionPrice = price
        case "site-consumption-breach-price": siteConsumptionBreachPrice = price
        case "site-production-breach-price": siteProductionBreachPrice = price
        case "site-peak-consumption-price": sitePeakConsumptionPrice = price
        case "soc-targets-breach-price": socTargetsBreachPrice = price
        default: sitePeakProductionPrice = price
        }
    }

    /// Commitments of the user.
    mutating func readCommitments(_ value: JSONValue?, _ reader: inout FlexReader) {
        guard let value else { return }
        guard let elements = value.arrayValue else {
            reader.errors.add("commitments", value.isNull ? "Field may not be null." : "Not a valid list.")
            return
        }
        for (index, element) in elements.enumerated() {
            let path = ["commitments", "\(index)"]
            guard let members = element.objectValue else {
                reader.errors.add(path + [FieldErrors.wholeInput], "Invalid input type.")
                continue
            }
            if let commitment = reader.commitment(members, path, currency) { commitments.append(commitment) }
        }
    }
}

extension FlexReader {
    /// A price of any form; its unit is checked once the shared currency is known.
    mutating func rawPrice(_ value: JSONValue, _ path: [String], _ measure: FlexMeasure, _ forms: Forms) -> Raw? {
        if case .string(let text) = value { return priceQuantity(text, path, measure, forms).map { .fixed($0) } }
        return raw(value, path, measure, forms)
    }

    private mutating func priceQuantity(
        _ text: String, _ path: [String], _ measure: FlexMeasure, _ forms: Forms
    ) -> FlexQuantity? {
        guard let quantity = try? FlexQuantity(parsing: text), quantity.unit.isPrice else {
            // Not money at all: the general texts fit.
            _ = raw(.string(text), path, measure, forms)
            return nil
        }
        if let lowest = forms.lowest, quantity.value < lowest {
            errors.add(path, forms.lowestText)
            return nil
        }
        return quantity
    }

    /// A price in the shared currency.
    mutating func price(
        _ raw: Raw, _ field: String, _ measure: FlexMeasure, shared: (currency: String, field: String)
    ) -> VariableQuantity? {
        let isRight =
            switch raw {
            case .fixed(let quantity): quantity.value(in: measure) != nil
            case .segments(let segments): segments.allSatisfy { $0.value.value(in: measure) != nil }
            case .sensor(let sensor, _, _): SensorReference(sensor, as: measure) != nil
            }
        guard isRight, raw.currency == nil || raw.currency == shared.currency else {
            refusePrice(raw, field, measure.unitText, shared)
            return nil
        }
        return converted(raw, [field], measure)
    }

    /// Says that a price has the wrong unit.
    mutating func refusePrice(
        _ raw: Raw, _ field: String, _ denominator: String, _ shared: (currency: String, field: String)?
    ) {
        let currency = shared?.currency ?? "EUR"
        let example = currency + (denominator.isEmpty ? "/MWh" : denominator)
        var text = "Invalid unit. A valid unit would be, for example, '\(example)' (this example uses '\(currency)'"
        text += ", because '\(shared?.field ?? field)' used that currency). However, you passed an incompatible price "
        text += "('\(raw.unitText)') for the '\(field)' field."
        if let shared, raw.currency != shared.currency {
            text += " Also note that all prices in the flex-context must share the same currency unit "
            text += "(in this case: '\(shared.currency)')."
        }
        errors.add(field, text)
    }
}

extension FlexReader.Raw {
    /// The currency of a price, nil if it is none.
    var currency: String? {
        switch self {
        case .fixed(let quantity): quantity.unit.isPrice ? quantity.unit.currency : nil
        case .segments(let segments): segments.first.flatMap { $0.value.unit.isPrice ? $0.value.unit.currency : nil }
        case .sensor(let sensor, _, _): (try? FlexUnit(parsing: sensor.unit)).flatMap { $0.isPrice ? $0.currency : nil }
        }
    }

    /// The unit as it was written.
    var unitText: String {
        switch self {
        case .fixed(let quantity): quantity.unit.text
        case .segments(let segments): segments.first?.value.unit.text ?? ""
        case .sensor(let sensor, _, _): sensor.unit
        }
    }
}
