import EnergyCore
import Testing

/// Prices in two currencies, and powers of either sign.
private struct Site: FlexLookup {
    func sensor(_ id: SensorID) -> Sensor? {
        let units = [1: "EUR/MWh", 2: "GBP/kWh", 3: "kW", 4: "kW", 5: "°C"]
        return units[id].map { unit in
            var sensor = Sensor(
                id: id, name: unit, assetID: 1, unit: unit, resolution: .minutes(15), timezone: "Europe/Amsterdam")
            if id == 4 { sensor.attributes["consumption_is_positive"] = true }
            return sensor
        }
    }

    func asset(_ id: AssetID) -> Asset? { nil }
}

@Suite("Reading a flex-context")
struct FlexContextParsingTests {
    private func context(_ members: JSONObject) throws(FieldErrors) -> FlexContext {
        try FlexContext(parsing: members, lookup: Site())
    }

    private func faults(_ members: JSONObject) -> [String] {
        do {
            _ = try context(members)
            return []
        } catch {
            return error.texts.map { ($0.path + [$0.text]).joined(separator: ": ") }
        }
    }

    @Test("prices become money per MWh or MW in one currency")
    func prices() throws {
        let read = try context([
            "consumption-price": "0.25 GBP/kWh", "site-peak-consumption-price": "260 GBP/MW",
            "soc-minima-breach-price": "1 GBP/kWh",
        ])
        #expect(read.currency == "GBP")
        #expect(read.consumptionPrice == .fixed(250))
        #expect(read.sitePeakConsumptionPrice == .fixed(260))
        #expect(read.socMinimaBreachPrice == .fixed(1000))
    }

    @Test("two currencies are refused, with the field that set the first")
    func currencies() {
        let told = faults(["consumption-price": ["sensor": 1], "production-price": ["sensor": 2]])
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("production-price: Invalid unit.") == true)
        #expect(told.first?.contains("'consumption-price' used that currency") == true)
    }

    @Test("a price per the wrong thing is refused with an example")
    func wrongDenominator() {
        let told = faults(["consumption-price": "5 EUR/kW"])
        #expect(told.first?.contains("for example, 'EUR/MWh'") == true)
    }

    @Test("the sign of known flows comes from the sensor, or from the field")
    func knownFlows() throws {
        let read = try context([
            "inflexible-device-sensors": [3, 4], "inflexible-consumption": [["sensor": 3]],
            "inflexible-production": [["sensor": 4]],
        ])
        #expect(read.inflexibleDevices.map(\.sign) == [-1, 1, 1, -1])
        #expect(faults(["inflexible-device-sensors": [5]]).first?.contains("must have a power or energy unit") == true)
        #expect(faults(["inflexible-device-sensors": ["x"]]).count == 1)
    }

    @Test("relaxing sets prices; the umbrella leaves pairs alone of which one is given")
    func relaxing() throws {
        let all = try context(["relax-constraints": true])
        #expect(all.socMinimaBreachPrice == .fixed(1e6) && all.socMaximaBreachPrice == .fixed(1e6))
        #expect(all.consumptionBreachPrice == .fixed(1e5) && all.siteProductionBreachPrice == .fixed(1e7))
        let some = try context(["relax-constraints": true, "soc-minima-breach-price": "5 EUR/kWh"])
        #expect(some.socMinimaBreachPrice == .fixed(5000) && some.socMaximaBreachPrice == nil)
        #expect(some.siteConsumptionBreachPrice == .fixed(1e7))
        let forced = try context(["relax-soc-constraints": true, "soc-minima-breach-price": "5 EUR/kWh"])
        #expect(forced.socMinimaBreachPrice == .fixed(1e6))
    }

    @Test("an old spelling is read, but not beside the new one")
    func oldSpellings() throws {
        guard case .sensor(let price)? = try context(["consumption-price-sensor": 1]).consumptionPrice else {
            Issue.record("no price")
            return
        }
        #expect(price.sensor.id == 1)
        #expect(
            faults(["consumption-price-sensor": 1, "consumption-price": ["sensor": 1]]) == [
                "_schema: Must pass either consumption-price or consumption-price-sensor."
            ])
    }

    @Test("commitments know their prices by what these are per, and are about one set of devices")
    func commitments() throws {
        let read = try context([
            "consumption-price": ["sensor": 1],
            "commitments": [
                ["name": "position", "baseline": "40 kW", "up-price": "120 EUR/MWh", "down-price": "2 EUR/kW"]
            ],
        ])
        let commitment = try #require(read.commitments.first)
        #expect(commitment.baseline == .fixed(0.04))
        #expect(commitment.upPrice?.isPerEnergy == true && commitment.upPrice?.value == .fixed(120))
        #expect(commitment.downPrice?.isPerEnergy == false && commitment.downPrice?.value == .fixed(2000))
        let two: JSONObject = ["name": "position", "sensors": [3], "commodity": "gas"]
        #expect(faults(["commitments": [.object(two)]]).first?.contains("only one of") == true)
        #expect(faults(["commitments": [[:]]]).contains { $0.contains("name: Missing data for required field.") })
    }

    @Test("an entry for electricity among the commodities stands for the context itself")
    func commodities() throws {
        let read = try context([
            "commodities": [
                ["commodity": "electricity", "consumption-price": "100 EUR/MWh"],
                ["commodity": "gas", "consumption-price": "72 EUR/MWh", "site-power-capacity": "50 kW"],
            ]
        ])
        #expect(read.consumptionPrice == .fixed(100))
        #expect(read.commodities.map(\.name) == ["gas"])
        #expect(read.commodities.first?.context.sitePowerCapacity == .fixed(0.05))
        #expect(faults(["commodities": [["commodity": "gas"], ["commodity": "gas"]]]).count == 1)
        #expect(faults(["commodities": [["commodity": "gas", "soc-minima-breach-price": "1 EUR/kWh"]]]).count == 1)
    }
}
