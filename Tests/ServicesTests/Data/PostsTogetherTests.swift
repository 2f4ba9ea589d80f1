import EnergyCore
import Services
import Store
import Testing

@Suite("Posts that are stored together")
struct PostsTogetherTests {
    private let world: DataWorld
    private let first: Sensor
    private let second: Sensor
    private let start: AwareDateTime

    init() throws {
        world = try DataWorld()
        first = try world.addSensor(["unit": "kW"], name: "first")
        second = try world.addSensor(["unit": "kW"], name: "second")
        start = try AwareDateTime(parsing: "2026-06-07T00:00:00+02:00")
    }

    private func checked(_ values: [Double], to sensor: Sensor) throws -> CheckedPost {
        var post = DataPost(
            values: values, start: start, duration: .minutes(15 * Int64(values.count)), unit: "kW")
        post.prior = start.instant
        return try world.data.check(post, to: sensor.id, as: world.user("meter"))
    }

    private func values(of sensor: Sensor) throws -> [Double] { try world.stored(sensor).map(\.value) }

    @Test("each has its own outcome; one that is refused leaves the others alone")
    func outcomes() throws {
        let results = world.data.store([
            try checked([1, 2], to: first), try checked([5, 1, 7], to: second), try checked([5, 9, 7], to: second),
            try checked([1, 2], to: first), try checked([1, 2, 3], to: first),
        ])
        #expect(try results[0].get() == .processed)
        #expect(try results[1].get() == .processed)
        #expect(throws: DataError.replacement) { try results[2].get() }
        #expect(try results[3].get() == .alreadyReceived)
        #expect(try results[4].get() == .alreadyReceived)
        #expect(try values(of: first) == [1, 2, 3])
        #expect(try values(of: second) == [5, 1, 7])
    }

    @Test("posts are not stored at once while somebody else writes")
    func busy() throws {
        var posts = [try checked([1], to: first), try checked([2], to: second)]
        for count in 1...2 {
            let isStored = try world.context.write { _ in
                try world.data.storeUnlessBusy(Array(posts.prefix(count))) != nil
            }
            #expect(!isStored)
        }
        #expect(try values(of: first).isEmpty && values(of: second).isEmpty)
        #expect(try world.data.storeUnlessBusy([posts[0]])?.map { try $0.get() } == [.processed])
        posts = [try checked([1], to: first), try checked([2], to: second)]
        #expect(try world.data.storeUnlessBusy(posts)?.map { try $0.get() } == [.alreadyReceived, .processed])
        #expect(try values(of: first) == [1])
        #expect(try values(of: second) == [2])
    }

    @Test("at once they are all stored, or none if one is refused, and each alone then")
    func refused() throws {
        let posts = [try checked([1], to: first), try checked([2], to: second), try checked([3], to: second)]
        #expect(throws: DataError.replacement) { try world.data.storeUnlessBusy(posts) }
        #expect(try values(of: first).isEmpty && values(of: second).isEmpty)
        let results = world.data.store(posts, together: false)
        for result in results.prefix(2) { #expect(try result.get() == .processed) }
        #expect(throws: DataError.replacement) { try results[2].get() }
        #expect(throws: DataError.replacement) { try world.data.storeUnlessBusy([posts[2]])?[0].get() }
    }
}
