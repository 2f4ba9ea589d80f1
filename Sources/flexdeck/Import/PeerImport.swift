import ArgumentParser
import EnergyCore
import Foundation
import Services

/// Copies what another server holds: first who and what there is, then the values of each sensor by source.
struct PeerImport {
    let server: PeerConnection
    let services: FlexServices
    /// No data before.
    let since: Instant?

    func run(withData: Bool) throws {
        let content = try content()
        let summary = try services.migration.store(content, as: .host)
        print(
            "Copied \(summary.accounts) accounts, \(summary.users) users, \(summary.assets) assets, "
                + "\(summary.sensors) sensors.")
        guard withData else { return }
        let stop = StopSignal()
        let flag = stop.flag
        defer { stop.end() }
        let data = PeerDataImport(
            server: server, services: services, since: since, users: content.users, isStopped: { flag.isRaised })
        let tally = try data.run(for: try services.migration.sensors(of: content))
        print("Copied \(tally.values) values of \(tally.series) series.")
        for fault in tally.faults { FileHandle.standardError.write(Data("left out: \(fault)\n".utf8)) }
        if flag.isRaised {
            FileHandle.standardError.write(Data("Stopped; the same command goes on from here.\n".utf8))
            throw ExitCode(130)
        }
        if !tally.faults.isEmpty { throw ExitCode(1) }
    }

    // MARK: Who and what

    private func content() throws -> PeerContent {
        let progress = ProgressLine("Asking for lists")
        defer { progress.finish() }
        var content = PeerContent()
        content.accounts = try list("/accounts")
        content.assetTypes = try list("/assets/types")
        content.assets = try list("/assets", [("all_accessible", "true"), ("include_public", "true")])
        progress.show(1, of: 3)
        var seen: Set<Int> = []
        for account in content.accounts {
            guard let id = account["id"]?.intValue else { continue }
            let query = [("account_id", String(id)), ("include_public_assets", "true")]
            content.sensors += try list("/sensors", query).filter { sensor in
                sensor["id"]?.intValue.map { seen.insert($0).inserted } ?? false
            }
        }
        progress.show(2, of: 3)
        content.users = try optionalList("/users", [("include_inactive", "true")])
        progress.show(3, of: 3)
        return content
    }

    private func list(_ path: String, _ query: [(String, String)] = []) throws -> [JSONValue] {
        let answer = try server.get("/api/v3_0" + path, query)
        guard let list = answer.arrayValue ?? answer["data"]?.arrayValue else {
            throw CommandFailure("\(path): the server answered no list.")
        }
        return list
    }

    /// A list that not every user may see.
    private func optionalList(_ path: String, _ query: [(String, String)]) throws -> [JSONValue] {
        do { return try list(path, query) } catch let refusal as PeerConnection.Refusal where refusal.status == 403 {
            return []
        }
    }
}
