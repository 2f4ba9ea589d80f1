import APIServer
import EnergyCore
import Services
import Testing

@Suite("Posts of many clients at once", .serialized, .timeLimit(.minutes(1)))
struct ConcurrentPostTests {
    /// More than are stored in one go.
    private static let clients = 200

    @Test("every post that was acknowledged is there, and each refused one was told why")
    func posts() async throws {
        let served = try await ServedContract.start()
        let world = try await ReplayWorld(try Recordings.world(), client: served.client)
        let token = try await world.token("north_admin")
        let records = try served.server.services.context.records()
        let found = (1...500).first { records.sensor($0)?.name == "barn load" }
        let sensor = try #require(found)
        let path = "/api/v3_0/sensors/\(sensor)/data"
        let headers: [(name: String, value: String)] = [("Authorization", token), ("Content-Type", "application/json")]
        let client = served.client
        let statuses = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for number in 0..<Self.clients {
                group.addTask {
                    let unit = number % 10 == 9 ? "fortnights" : "kW"
                    let time = Instant(seconds: 1_900_000_800 + Int64(number) * 3600).text(offset: 0)
                    let body = #"{"start": "\#(time)", "duration": "PT1H", "values": [\#(number)], "unit": "\#(unit)"}"#
                    let reply = try await client.send(
                        Exchange(method: "POST", path: path, headers: headers, body: Array(body.utf8)))
                    return (number, reply.status)
                }
            }
            return try await group.reduce(into: [Int: Int]()) { $0[$1.0] = $1.1 }
        }
        for (number, status) in statuses {
            let expected = number % 10 == 9 ? 422 : 200
            #expect(status == expected)
        }
        let start = Instant(seconds: 1_900_000_800).text(offset: 0).replacing("+", with: "%2B")
        let query = "?start=\(start)&duration=PT\(Self.clients)H&unit=kW&resolution=PT1H"
        let reply = try await client.send(Exchange(method: "GET", path: path + query, headers: headers, body: []))
        let values: [Double?] = reply.json?.objectValue?["values"]?.arrayValue?.map(\.doubleValue) ?? []
        let expected: [Double?] = (0..<Self.clients).map { $0 % 10 == 9 ? nil : Double($0) }
        #expect(values == expected)
        await served.stop()
    }
}
