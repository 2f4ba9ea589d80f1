import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Order of beliefs while the clock is set")
struct BeliefOrderTests {
    private let house: TestHouse
    private let sensor: Sensor
    private let start: AwareDateTime

    init() throws {
        house = try TestHouse()
        sensor = try house.makeSensor("power", of: try house.makeAsset("Site"))
        start = AwareDateTime(instant: house.clock.now - .hours(4), offset: 0)
    }

    private func post(_ value: Double) throws {
        let post = DataPost(values: [value], start: start, duration: .minutes(15), unit: "kW")
        #expect(try house.services.data.post(post, to: sensor.id, as: house.caller("member")) == .processed)
    }

    private var shown: Double? {
        get throws {
            let query = DataQuery(start: start, duration: ISODuration(span: .minutes(15)), unit: "kW")
            return try house.services.data.data(of: sensor.id, query, as: .live, caller: .host).values.first
        }
    }

    @Test("what is posted later counts, also while a clock is corrected by seconds", arguments: [-59, -10, -1, 1, 10])
    func corrections(seconds: Int64) throws {
        try post(1)
        for value in [2.0, 3, 4] {
            house.clock.jump(by: .seconds(seconds))
            try post(value)
            #expect(try shown == value)
            house.clock.advance(.minutes(1))
        }
        #expect(try house.countOfValues(of: sensor) == 4)
    }

    @Test(
        "nothing is lost by a jump, and once the clock is past the wrong time later posts count again",
        arguments: [-48, -2, 2, 48])
    func jumps(hours: Int64) throws {
        try post(1)
        house.clock.jump(by: .hours(hours))
        try post(2)
        house.clock.jump(by: .hours(-hours))
        house.clock.advance(.minutes(1))
        try post(3)
        #expect(try house.countOfValues(of: sensor) == 3)
        // Ahead: what was recorded at the wrong time is believed later than what follows, until that time has come.
        #expect(try shown == (hours > 0 ? 2 : 3))
        house.clock.advance(.hours(49))
        try post(4)
        #expect(try shown == 4)
        #expect(try house.countOfValues(of: sensor) == 4)
    }
}
