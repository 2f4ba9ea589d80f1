import EnergyCore
import TestSupport
import Testing

@Suite struct UnitTests {
    @Test(
        "units print in one spelling",
        arguments: [
            ("kW", "kW"), ("kilowatt", "kW"), ("EUR/MWh", "EUR/MWh"), ("m**3/h", "m³/h"), ("100 W", "100 W"),
            ("kW*h", "h·kW"), ("1/h", "1/h"), ("EUR / kW / h", "EUR/h/kW"), ("degC", "°C"), ("percent", "%"),
            ("Wh per km", "Wh/km"), ("cubic meter per hour", "m³/h"), ("2.5e3 W", "2500 W"), ("m^0.5", "m**0.5"),
        ])
    func printing(text: String, printed: String) throws {
        let unit = try Unit(parsing: text)
        #expect(unit.description == printed)
        let again = try Unit(parsing: printed)
        #expect(UnitRules.areConvertible(text, printed))
        #expect(isClose(try unit.conversion(to: again, duration: .zero)(1), 1))
    }

    @Test("sums, powers and parentheses evaluate")
    func arithmetic() throws {
        for (text, value) in [
            ("3*230V*16A", 11.04), ("(2 + 1) kW", 3), ("2**3 kW", 8), ("kW - 500 W", 0.5), ("2^3^1 kW", 8),
        ] {
            #expect(isClose(try Unit.conversion(from: text, to: "kW", duration: .zero)(1), value), "\(text)")
        }
    }

    @Test("there and back again is nothing, for every pair of one dimension")
    func roundTrip() throws {
        let families = [
            ["W", "kW", "MW", "VA", "kJ/h", "BTU/h", "hp"], ["kWh", "MJ", "cal", "toe", "eV", "BTU"],
            ["°C", "°F", "K"], ["m³/h", "l/s", "gal/min"], ["EUR/MWh", "cEUR/kWh", "EUR/GJ"],
            ["%", "dimensionless", "ppm"],
            ["W/m²", "kW/ft**2"], ["m/s", "km/h", "knot", "mph"],
        ]
        var random = SeededGenerator(seed: 6)
        for family in families {
            for from in family {
                for to in family {
                    let there = try Unit.conversion(from: from, to: to, duration: .zero)
                    let back = try Unit.conversion(from: to, to: from, duration: .zero)
                    for _ in 0..<20 {
                        let value = Double.random(in: -1e4...1e4, using: &random)
                        #expect(isClose(back(there(value)), value, relative: 1e-12, absolute: 1e-8), "\(from) \(to)")
                    }
                }
            }
        }
    }

    @Test("energy over a time is power, and back")
    func stocksAndFlows() throws {
        #expect(try Unit.conversion(from: "kWh", to: "kW", duration: .minutes(15))(1) == 4)
        #expect(try Unit.conversion(from: "kW", to: "kWh", duration: .minutes(15))(1) == 0.25)
        #expect(try Unit.conversion(from: "cEUR/kWh", to: "EUR/MWh", duration: .zero)(1) == 10)
        #expect(throws: UnitError.needsDuration(from: "kWh", to: "kW")) {
            try Unit.conversion(from: "kWh", to: "kW", duration: .zero)
        }
        #expect(throws: UnitError.incompatible(from: "EUR", to: "USD")) {
            try Unit.conversion(from: "EUR", to: "USD", duration: .zero)
        }
        #expect(throws: UnitError.unknown("kw")) { try Unit.conversion(from: "kw", to: "kW", duration: .zero) }
        #expect(UnitError.unknown("kw").message == "Unit 'kw' cannot be handled.")
    }

    @Test("the smallest unit is common to several")
    func smallestCommon() {
        #expect(Unit.smallestCommon(["MW", "kW"]).unit == "kW")
        #expect(Unit.smallestCommon(["MW", "kW"]).factors == [1000, 1])
        #expect(Unit.smallestCommon(["%", "dimensionless"]).factors == [1, 100])
        #expect(Unit.smallestCommon(["kW", "EUR"]).unit == "a.u.")
        #expect(Unit.smallestCommon(["kW", "kW"]).unit == "kW")
        #expect(Unit.smallestCommon([]).unit == "a.u.")
    }

    @Test("long and deep texts are refused without trouble")
    func hostile() {
        for text in [
            String(repeating: "(", count: 200), String(repeating: "-", count: 200) + "W", "2**2**2**2**2**2**9 W",
            String(repeating: "W", count: 5000), "W^99999", "per per per", "^", "²",
        ] { #expect(!Unit.isValid(text) || text.hasSuffix("-W"), "\(text.prefix(20))") }
    }

    @Test("prices are recognised by their text")
    func prices() {
        #expect(Unit.isEnergyPrice("EUR/MWh") && Unit.isEnergyPrice("cEUR/kWh"))
        #expect(Unit.isPrice("EUR/MW") && !Unit.isEnergyPrice("EUR/MW"))
        #expect(!Unit.isPrice("kW/EUR") && !Unit.isPrice("EUR"))
    }
}
