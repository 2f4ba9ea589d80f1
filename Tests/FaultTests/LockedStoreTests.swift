import EnergyCore
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@Suite("A store that stays locked", .serialized)
struct LockedStoreTests {
    private struct Request: Sendable {
        let method: String
        let path: String
        let body: String
        let contentType: String
    }

    @Test(
        "changes are refused in time, whatever they are and however many; reading goes on; nothing is held against anyone"
    )
    func bounded() throws {
        let world = try FaultWorld()
        // One after the other, 48 of them would take 48 seconds; each is to hear after about two at most.
        let server = try ServingProgram(database: world.database, arguments: ["--set", "store-patience=1"])
        let answers = Mutex<[(request: Request, status: Int, head: String)]>([])
        let store = try Store(path: world.database)
        try store.write { _ in
            let group = DispatchGroup()
            for request in Array(repeating: try changes(world), count: 12).joined() {
                group.enter()
                Thread.detachNewThread {
                    defer { group.leave() }
                    let answer = try? send(request, to: server, world)
                    answers.withLock { $0.append((request, answer?.status ?? 0, answer?.head ?? "")) }
                }
            }
            // More wait than there are threads; whoever reads does not notice.
            let path = "/api/v3_0/sensors/\(try world.sensor("m0").id)"
            for _ in 0..<50 {
                #expect(try server.request("GET", path, headers: ["Authorization": world.token]).status == 200)
                let kpis = "/api/v3_0/sensors/\(try world.sensor("m0").id)/stats"
                #expect(try server.request("GET", kpis, headers: ["Authorization": world.token]).status == 200)
            }
            group.wait()
        }
        try store.close()
        let all = answers.withLock { $0 }
        #expect(all.count == 48)
        for answer in all {
            #expect(answer.status == 503, "\(answer.request.method) \(answer.request.path): \(answer.status)")
            #expect(answer.head.contains("Retry-After: "), "\(answer.head)")
        }
        for request in try changes(world) { #expect(try send(request, to: server, world).status == 200) }
        #expect(server.end(with: SIGTERM) == 0)
    }

    /// A post, an upload, a plan and a sign-in.
    private func changes(_ world: FaultWorld) throws -> [Request] {
        let start = FaultWorld.start
        let meter = "/api/v3_0/sensors/\(try world.sensor("m0").id)/data"
        let form = """
            --part\r\nContent-Disposition: form-data; name="uploaded-files"; filename="a.csv"\r\n\
            Content-Type: text/csv\r\n\r\nevent_start,event_value\n\((start + .days(9)).utcText),1\n\r\n--part--\r\n
            """
        return [
            json(meter, #"{"start": "\#(start.utcText)", "duration": "PT15M", "unit": "kW", "values": [1]}"#),
            Request(
                method: "POST", path: meter + "/upload", body: form, contentType: "multipart/form-data; boundary=part"),
            json(
                "/api/v3_0/sensors/\(try world.sensor("power").id)/schedules/trigger",
                """
                {"start": "\(start.utcText)", "duration": "PT4H", "flex-model": {"soc-at-start": "1 kWh", "soc-min": "0 kWh",
                 "soc-max": "10 kWh", "power-capacity": "10 kW"}, "flex-context": {"consumption-price": "100 EUR/MWh"}}
                """),
            json("/api/requestAuthToken", #"{"email": "una@example.com", "password": "secret-words"}"#),
        ]
    }

    private func json(_ path: String, _ body: String) -> Request {
        Request(method: "POST", path: path, body: body, contentType: "application/json")
    }

    private func send(
        _ request: Request, to server: ServingProgram, _ world: FaultWorld
    ) throws -> (status: Int, head: String) {
        let answer = try server.exchange(
            request.method, request.path,
            headers: ["Authorization": world.token, "Content-Type": request.contentType], body: request.body)
        return (answer.status, answer.head)
    }
}
