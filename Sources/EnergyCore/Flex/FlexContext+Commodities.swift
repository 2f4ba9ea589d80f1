/// Prices, limits and known flows of something else than electricity.
package struct FlexCommodity: Hashable, Sendable {
    package var name: String
    package var context: FlexContext

    package init(name: String, context: FlexContext) {
        self.name = name
        self.context = context
    }
}

extension FlexContext {
    /// The fields that a commodity has for itself.
    private static let commodityFields: Set<String> = Set(
        ["consumption-price", "production-price", "site-consumption-breach-price", "site-production-breach-price"]
            + ["site-peak-consumption-price", "site-peak-production-price", "commodity"] + powerFields
            + knownFlowFields)

    /// The members with those of an entry for electricity in place of them.
    static func withElectricity(_ members: JSONObject) -> JSONObject {
        guard let entries = members["commodities"]?.arrayValue else { return members }
        var merged = members
        for entry in entries where entry["commodity"]?.stringValue == FlexLinks.electricity {
            for (key, value) in entry.objectValue ?? [:] where commodityFields.contains(key) && key != "commodity" {
                merged[key] = value
            }
        }
        return merged
    }

    /// A list of contexts, one per commodity, in the currency of the whole.
    mutating func readCommodities(_ value: JSONValue?, _ reader: inout FlexReader) {
        let field = "commodities"
        guard let value else { return }
        guard let entries = value.arrayValue else {
            reader.errors.add(field, value.isNull ? "Field may not be null." : "Not a valid list.")
            return
        }
        var seen: Set<String> = []
        for (index, entry) in entries.enumerated() {
            let path = [field, "\(index)"]
            guard let members = entry.objectValue else {
                reader.errors.add(path + [FieldErrors.wholeInput], "Invalid input type.")
                continue
            }
            guard let given = members["commodity"] else {
                reader.errors.add(path + ["commodity"], "Missing data for required field.")
                continue
            }
            guard let name = reader.name(given, path + ["commodity"]) else { continue }
            if !seen.insert(name).inserted {
                reader.errors.add(path + ["commodity"], "Commodity \(name) should not occur more than once.")
            }
            for key in members.keys where !Self.commodityFields.contains(key) {
                reader.errors.add(path + [key], "Unknown field.")
            }
            if let own = commodity(members, path, &reader), name != FlexLinks.electricity {
                commodities.append(FlexCommodity(name: name, context: own))
            }
        }
    }

    private mutating func commodity(
        _ members: JSONObject, _ path: [String], _ reader: inout FlexReader
    ) -> FlexContext? {
        let known = JSONObject(members.filter { Self.commodityFields.contains($0.key) && $0.key != "commodity" })
        let own: FlexContext
        do {
            own = try FlexContext(parsing: known, lookup: reader.lookup, zone: reader.zone)
        } catch {
            reader.errors.merge(error, under: path)
            return nil
        }
        guard own.hasPrice else { return own }
        if !hasPrice, commodities.allSatisfy({ !$0.context.hasPrice }) { currency = own.currency }
        if own.currency != currency {
            let text = "All prices in the flex-context must share the same currency unit (in this case: '\(currency)')."
            reader.errors.add(path, text)
        }
        return own
    }

    private var hasPrice: Bool {
        [
            consumptionPrice, productionPrice, siteConsumptionBreachPrice, siteProductionBreachPrice,
            sitePeakConsumptionPrice, sitePeakProductionPrice, consumptionBreachPrice, productionBreachPrice,
            socMinimaBreachPrice, socMaximaBreachPrice, socTargetsBreachPrice,
        ].contains { $0 != nil }
    }
}
