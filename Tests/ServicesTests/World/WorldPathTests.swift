import EnergyCore
import Logging
import Services
import Store
import TestSupport
import Testing

@Suite("World files with odd names")
struct WorldPathTests {
    private func export(_ services: FlexServices) throws -> String {
        var text = ""
        try services.world.exportWorld(as: .host, includingData: true, to: { text += $0 })
        return text
    }

    @Test("names with slashes and backslashes survive a trip through a file")
    func slashes() throws {
        let house = try TestHouse()
        let site = try house.makeAsset("a/b\\c")
        let child = try house.makeAsset("d/", under: site.id)
        let sensor = try house.makeSensor("e/f", of: child)
        try house.measure(5, of: sensor)
        _ = try house.services.assets.update(site.id, ["sensors_to_show": [.int(sensor.id)]], as: .host)
        let text = try export(house.services)
        let copy = FlexServices(
            store: try Store(path: ":memory:"), settings: house.services.settings, clock: house.clock,
            logger: .init(label: "copy"))
        _ = try copy.world.importWorld(try JSONValue(parsing: text), as: .host)
        #expect(try export(copy) == text)
        let names = try copy.assets.assets(AssetQuery(), as: .host).items.map(\.name)
        #expect(names == ["a/b\\c", "d/"])
    }
}
