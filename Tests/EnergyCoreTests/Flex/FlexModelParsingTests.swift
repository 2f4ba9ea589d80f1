import EnergyCore
import Testing

/// A battery's sensors, and a price.
private struct Battery: FlexLookup {
    func sensor(_ id: SensorID) -> Sensor? {
        let units = [1: "kW", 2: "kWh", 3: "%", 4: "kWh"]
        return units[id].map { unit in
            Sensor(
                id: id, name: unit, assetID: 1, unit: unit, resolution: id == 2 || id == 3 ? .zero : .minutes(15),
                timezone: "Europe/Amsterdam")
        }
    }

    func asset(_ id: AssetID) -> Asset? { nil }
}

@Suite("Reading a flex-model")
struct FlexModelParsingTests {
    private func model(_ members: JSONObject) throws(FieldErrors) -> FlexModel {
        try FlexModel(parsing: members, in: FlexModelScope(lookup: Battery(), sensor: Battery().sensor(1)))
    }

    private func faults(_ members: JSONObject) -> [String] {
        do {
            _ = try model(members)
            return []
        } catch {
            return error.texts.map { ($0.path + [$0.text]).joined(separator: ": ") }
        }
    }

    @Test("plain numbers have the unit of the power sensor, or the one that is given")
    func plainNumbers() throws {
        #expect(try model(["soc-at-start": 5]).socAtStart == 0.005)
        #expect(try model(["soc-at-start": 5, "soc-unit": "MWh"]).socAtStart == 5)
        #expect(try model(["soc-at-start": "500 Wh"]).socAtStart == 0.0005)
    }

    @Test("a sensor in another unit of the same kind is converted, an energy sensor stands for a power")
    func sensors() throws {
        guard case .sensor(let power)? = try model(["power-capacity": ["sensor": 4]]).powerCapacity else {
            Issue.record("no sensor")
            return
        }
        #expect(power.value(of: 5, stepHours: 0.25) == 0.02)
        guard case .sensor(let stock)? = try model(["soc-minima": ["sensor": 2]]).socMinima else {
            Issue.record("no sensor")
            return
        }
        #expect(stock.value(of: 5, stepHours: 0.25) == 0.005)
    }

    @Test("a sensor reference keeps whose values count and what stands in")
    func reference() throws {
        let reference: JSONValue = [
            "sensor": 1, "source-types": ["forecaster"], "exclude-source-types": ["scheduler"], "sources": [9],
            "source-account": 1, "default": "2 kW",
        ]
        guard case .sensor(let read)? = try model(["consumption-capacity": reference]).consumptionCapacity else {
            Issue.record("no sensor")
            return
        }
        #expect(read.fallback == 0.002)
        #expect(read.filter.types == ["forecaster"] && read.filter.excludedTypes == ["scheduler"])
        #expect(read.filter.sources == [9] && read.filter.accounts == [1])
    }

    @Test("segments take two of start, end and duration, or one moment")
    func segments() throws {
        func stretch(_ members: JSONObject) throws(FieldErrors) -> (start: Instant, end: Instant)? {
            var members = members
            members["value"] = "5 kWh"
            guard case .series(let segments)? = try model(["soc-targets": [.object(members)]]).socTargets else {
                return nil
            }
            return segments.first.map { ($0.start, $0.end) }
        }
        let noon = try Instant(parsing: "2026-05-01T12:00:00+02:00")
        let stretches: [JSONObject] = [
            ["start": "2026-05-01T12:00:00+02:00", "end": "2026-05-01T14:00:00+02:00"],
            ["start": "2026-05-01T12:00:00+02:00", "duration": "PT2H"],
            ["end": "2026-05-01T14:00:00+02:00", "duration": "PT2H"],
        ]
        for members in stretches {
            let read = try stretch(members)
            #expect(read?.start == noon && read?.end == noon + .hours(2), "\(members)")
        }
        let moment = try stretch(["datetime": "2026-05-01T12:00:00+02:00"])
        #expect(moment?.start == noon && moment?.end == noon)
        #expect(throws: FieldErrors.self) { _ = try stretch(["start": "2026-05-01T12:00:00+02:00"]) }
        #expect(throws: FieldErrors.self) { _ = try stretch(["start": "2026-05-01T12:00:00", "duration": "PT2H"]) }
        #expect(throws: FieldErrors.self) {
            _ = try stretch(["datetime": "2026-05-01T12:00:00+02:00", "duration": "PT2H"])
        }
    }

    @Test("a month is one of the sensor's calendar")
    func nominalDuration() throws {
        let month: JSONValue = [["start": "2026-03-01T00:00:00+01:00", "duration": "P1M", "value": "1 kWh"]]
        guard case .series(let segments)? = try model(["soc-maxima": month]).socMaxima else {
            Issue.record("no segments")
            return
        }
        #expect(segments.first?.end == (try Instant(parsing: "2026-04-01T00:00:00+02:00")))
    }

    @Test("all faults are told at once, by field")
    func allAtOnce() {
        let told = faults([
            "soc-min": "-1 kWh", "soc-max": "10 kW", "power-capacity": ["sensor": 99], "roundtrip-efficiency": "120%",
            "flux": 1, "soc-gain": [],
        ])
        #expect(
            Set(told) == [
                "soc-min: Must be greater than or equal to 0 MWh.", "soc-max: Cannot convert value `10 kW` to 'MWh'",
                "power-capacity: No sensor found with ID 99.",
                "roundtrip-efficiency: Must be greater than 0 % and less than or equal to 100 %.",
                "flux: Unknown field.",
                "soc-gain: Shorter than minimum length 1.",
            ])
    }

    @Test("the level's sensor is instantaneous, and in energy or percent")
    func levelSensor() throws {
        #expect(try model(["state-of-charge": ["sensor": 2]]).stateOfCharge?.id == 2)
        #expect(try model(["state-of-charge": ["sensor": 3]]).stateOfCharge?.id == 3)
        #expect(faults(["state-of-charge": ["sensor": 4]]).first?.contains("non-instantaneous") == true)
        #expect(faults(["state-of-charge": ["sensor": 1]]).count == 1)
    }

    @Test("one efficiency for both ways excludes one for each")
    func efficiencies() throws {
        #expect(faults(["roundtrip-efficiency": "90%", "charging-efficiency": "95%"]).count == 1)
        #expect(try model(["charging-efficiency": 2.8]).chargingEfficiency == .fixed(2.8))
        #expect(try model(["discharging-efficiency": "50%"]).dischargingEfficiency == .fixed(0.5))
    }

    @Test("bands and groups are read, and refused where they make no sense")
    func links() throws {
        let bands: JSONValue = [
            ["consumption-range": ["0 kW", "0 kW"]],
            ["consumption-range": ["2 kW", "4 kW"], "production-range": ["0 kW", "1 kW"]],
        ]
        let modes = try model(["operation-modes": bands]).links.modes
        #expect(modes.map(\.power) == [0...0, 0.001...0.004])
        #expect(!faults(["operation-modes": [["consumption-range": ["4 kW", "2 kW"]]]]).isEmpty)
        #expect(!faults(["operation-modes": [[:]]]).isEmpty)
        #expect(try model(["group": ["sensor": 1]]).links.group == .sensor(1))
        #expect(faults(["group": ["asset": 7]]) == ["group: No asset found with ID 7."])
        #expect(faults(["coupling-coefficient": 0]) == ["coupling-coefficient: Must be greater than 0."])
    }
}
