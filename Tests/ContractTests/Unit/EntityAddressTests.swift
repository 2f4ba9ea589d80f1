import APIContract
import EnergyCore
import Testing

@Suite("Entity addresses")
struct EntityAddressTests {
    private func address(_ host: String, _ hosts: [String: String] = ["flexmeasures.io": "2021-01"]) throws -> String {
        let now = try Instant(parsing: "2026-12-31T23:30:00Z")
        let zone = try #require(Zone.named("Europe/Amsterdam"))
        return EntityAddresses(host: host, hosts: hosts, now: now, zone: zone).address(of: 7)
    }

    @Test(
        "this machine holds its name from next month on, as seen from its own zone",
        arguments: ["localhost", "127.0.0.1"])
    func local(host: String) throws {
        #expect(try address(host) == "ea1.2027-02.localhost:fm1.7")
    }

    @Test("names are turned around, public suffixes stay together")
    func turned() throws {
        #expect(try address("flexmeasures.io") == "ea1.2021-01.io.flexmeasures:fm1.7")
        let hosts = ["company.flexmeasures.io": "2022-03", "energy.example.co.uk": "2020-05"]
        #expect(try address("company.flexmeasures.io", hosts) == "ea1.2022-03.io.flexmeasures.company:fm1.7")
        #expect(try address("www.energy.example.co.uk", hosts) == "ea1.2020-05.co.uk.example.energy:fm1.7")
    }

    @Test("an unknown host has no address")
    func unknown() throws {
        #expect(try address("example.com") == "no entity address available")
    }

    @Test("the sensor is read from the end of an address")
    func parsing() throws {
        #expect(try EntityAddresses.sensorID(in: "ea1.2026-12.localhost:fm1.99") == 99)
        #expect(throws: EntityAddressError.self) { try EntityAddresses.sensorID(in: "foo") }
        #expect(
            EntityAddressError.notAnAddress("foo").message
                == "A valid type 1 USEF entity address starts with 'ea1', please review foo")
    }
}
