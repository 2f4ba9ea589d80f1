import EnergyCore
import Testing

/// Two sensors and nothing else.
private struct TwoSensors: FlexLookup {
    func sensor(_ id: SensorID) -> Sensor? {
        switch id {
        case 1: Sensor(id: 1, name: "price", assetID: 1, unit: "EUR/MWh", resolution: .hours(1), timezone: "UTC")
        case 2: Sensor(id: 2, name: "power", assetID: 1, unit: "kW", resolution: .minutes(15), timezone: "UTC")
        default: nil
        }
    }

    func asset(_ id: AssetID) -> Asset? { nil }
}

@Suite("Flex fields stored on assets")
struct FlexStorageRulesTests {
    private func contextFaults(_ members: JSONObject, atCreation: Bool = false) -> [String] {
        do {
            try FlexStorageRules.checkContext(members, lookup: TwoSensors(), allowsFixedPrices: atCreation)
            return []
        } catch {
            return error.texts.map(\.text)
        }
    }

    private func modelFaults(_ members: JSONObject) -> [String] {
        do {
            try FlexStorageRules.checkModel(members, lookup: TwoSensors())
            return []
        } catch {
            return error.texts.map(\.text)
        }
    }

    @Test("fixed energy prices are refused in a change and accepted at creation")
    func fixedPrices() {
        let members: JSONObject = ["consumption-price": "0.25 EUR/kWh"]
        #expect(
            contextFaults(members) == [
                "Fixed prices are not currently supported for consumption-price in flex-context fields in the DB."
            ])
        #expect(contextFaults(members, atCreation: true).isEmpty)
    }

    @Test("segments are refused")
    func segments() {
        let segments: JSONValue = [["datetime": "2025-03-10T00:00:00+01:00", "value": "5 kW"]]
        #expect(
            contextFaults(["site-power-capacity": segments]).first?.hasPrefix("A time series specification") == true)
        #expect(modelFaults(["power-capacity": segments]).first?.hasPrefix("A time series specification") == true)
    }

    @Test("units of sensors are checked by field")
    func units() {
        #expect(
            contextFaults(["consumption-price": ["sensor": 2]]) == [
                "Energy price field 'consumption-price' must have an energy price unit."
            ])
        #expect(
            contextFaults(["site-power-capacity": ["sensor": 1]]) == [
                "Power field 'site-power-capacity' must have a power unit."
            ])
        #expect(
            contextFaults(["inflexible-device-sensors": [1]]) == [
                "Inflexible device sensor '1' must have a power or energy unit."
            ])
        #expect(
            modelFaults(["soc-min": ["sensor": 2]]) == ["Field 'soc-min' failed unit validation by is_energy_unit."])
        #expect(modelFaults(["soc-gain": "5 kW"]) == ["Field 'soc-gain' must be a list of quantities or sensors."])
        #expect(modelFaults(["soc-gain": [["sensor": 1]]]) == ["Field 'soc-gain' must have a power unit."])
    }

    @Test("what fits is accepted")
    func fitting() {
        #expect(contextFaults(["consumption-price": ["sensor": 1], "site-power-capacity": "45kVA"]).isEmpty)
        #expect(modelFaults(["soc-min": "2 kWh", "soc-max": "20 kWh", "power-capacity": "5 kW"]).isEmpty)
    }

    @Test("general faults keep their words")
    func general() {
        #expect(contextFaults(["price": "1 EUR/kWh"]) == ["Unknown field."])
        #expect(contextFaults(["site-power-capacity": "45 EUR"]) == ["Cannot convert value `45 EUR` to 'MW'"])
        #expect(modelFaults(["soc-max": "20 kW"]) == ["Cannot convert value `20 kW` to 'MWh'"])
    }
}
