import EnergyCore
import Foundation

/// Prints how many requests per second a server in this process answers: an operation that does nothing, then one-value
/// posts and one-day reads, with one client and with 64, each beside the empty one. Or what requests cost on stores of
/// growing size.
///
/// `HTTPBenchmark [seconds per figure]` or `HTTPBenchmark scale [most beliefs]`
@main
struct HTTPBenchmark {
    private static let clients = 64

    let server: BenchmarkServer
    let sensors: [Int]

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "scale" {
            return try await ScaleBenchmark(mostBeliefs: arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000_000).run()
        }
        let server = try await BenchmarkServer()
        let world = try LargeWorld(server.store, sensors: clients)
        try Self(server: server, sensors: world.sensors.map(\.id)).run(seconds: arguments.first.flatMap { Double($0) } ?? 2)
        await server.stop()
    }

    private func run(seconds: Double) throws {
        var next = [Int](repeating: 0, count: sensors.count)
        let empty = server.request("GET", "/api/")
        let days = sensors.map { server.dayRead(of: $0, at: 0) }
        let load = server.load
        for clients in [1, Self.clients] {
            let base = try load.run(clients: clients, seconds: seconds) { _, _ in empty }
            show("empty operation", clients, base, base)
            let posts = try load.run(clients: clients, seconds: seconds) { client, _ in
                next[client] += 1
                return server.post(to: sensors[client], at: 100_000 + next[client], [Double(next[client] % 97)])
            }
            show("post of one value", clients, posts, base)
            show("one day read", clients, try load.run(clients: clients, seconds: seconds) { client, _ in days[client] }, base)
        }
    }

    private func show(_ title: String, _ clients: Int, _ outcome: LoadGenerator.Outcome, _ base: LoadGenerator.Outcome) {
        let name = "\(title), \(clients) client\(clients == 1 ? "" : "s")".padding(toLength: 34, withPad: " ", startingAt: 0)
        print(
            name, String(format: "%8.0f/s", outcome.perSecond), "median \(outcome.median) us, 99 % \(outcome.nearlyAll) us,",
            String(format: "%.2fx of the empty one,", outcome.perSecond / base.perSecond),
            String(format: "%.0f us of processor (%.2fx)", outcome.processor, base.processor / outcome.processor))
    }
}
