import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Beliefs of another server")
struct PeerBeliefsTests {
    private let house: TestHouse
    private let sensor: Sensor
    private var migration: MigrationService { house.services.migration }

    init() throws {
        house = try TestHouse()
        var content = PeerContent()
        content.assets = [["id": 4, "name": "Roof", "generic_asset_type": ["name": "building"]]]
        content.sensors = [
            [
                "id": 11, "name": "temperature", "generic_asset_id": 4, "unit": "°C", "event_resolution": "PT1H",
                "timezone": "Europe/Amsterdam",
            ]
        ]
        content.assetTypes = [["name": "building"]]
        _ = try house.services.migration.store(content, as: .host)
        sensor = try #require(try house.services.migration.sensors(of: content)[11])
    }

    /// As FlexMeasures 1.0.1 answers.
    private func answer(_ records: String) throws -> JSONValue {
        try JSONValue(
            parsing: """
                {"data": [\(records)], "sensors": {"11": {"name": "temperature", "unit": "°C"}},
                "sources": {"5": {"name": "nora", "model": "", "version": "", "type": "other", "raw_type": "gateway"}}}
                """)
    }

    private func series(until end: String, recorded: String, count: Int) throws -> [PeerSeries] {
        PeerSeries.list(of: [
            "nora (ID: 5)": [
                "First event start": "2025-01-01T00:00:00+01:00", "Last event end": .string(end),
                "Last recorded": .string(recorded), "Number of values": .int(Int64(count)),
            ], "status": 200,
        ])
    }

    /// Takes over all that is new; returns the questions that were asked.
    private func copy(_ series: [PeerSeries], since: Instant? = nil, records: String = "", atMost: Int = 100) throws
        -> [PeerBeliefWindow]
    {
        var progress = try migration.progress(server: "http://peer", sensor: 11)
        guard progress.begin(series, since: since) else { return [] }
        var windows: [PeerBeliefWindow] = []
        while windows.count < atMost, let window = progress.next(series) {
            windows.append(window)
            let beliefs = try #require(PeerBeliefs(try answer(records), of: sensor))
            let source = try migration.source("nora", described: beliefs.sources[5], users: [], as: .host)
            var batches = Array(beliefs.batches.values)
            for index in batches.indices { batches[index].source = source.id }
            _ = try migration.store(
                batches, of: window, progress: &progress, server: "http://peer", peerSensor: 11, as: .host)
        }
        if windows.count < atMost { try migration.keep(progress, server: "http://peer", sensor: 11, as: .host) }
        return windows
    }

    @Test("are stored as they were recorded, revisions and quantiles too")
    func storing() throws {
        let records = """
            {"ts": 1735686000000, "sid": 11, "val": 0.602, "src": 5, "bt": 1735603200000, "cp": 0.5},
            {"ts": 1735686000000, "sid": 11, "val": 0.806, "src": 5, "bt": 1735682400000, "cp": 0.2},
            {"ts": 1735686000000, "sid": 11, "val": 0.906, "src": 5, "bt": 1735682400000, "cp": 0.5},
            {"ts": 1735686000000, "sid": 11, "val": 0.659, "src": 5, "bt": 1735689600000, "cp": 0.5},
            {"ts": 1735689600000, "sid": 11, "val": null, "src": 5, "bt": 1735689600000, "cp": 0.5}
            """
        let series = try series(until: "2025-01-01T02:00:00+01:00", recorded: "2025-01-01T01:00:00+01:00", count: 4)
        #expect(try copy(series, records: records).count == 1)
        let stored = try house.store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)) }
        #expect(stored.beliefs.map(\.value).sorted() == [0.602, 0.659, 0.806, 0.906])
        #expect(Set(stored.beliefs.map(\.horizon)) == [.hours(24), .hours(2), .zero])
        let source = try #require(try house.services.context.records().sources[stored.beliefs[0].sourceID])
        #expect(source.name == "nora" && source.type == "gateway" && source.model == nil && source.version == nil)
        #expect(PeerBeliefs(["message": "no"], of: sensor) == nil)
    }

    @Test("come in windows; a stopped pass goes on, a later one asks for what has been recorded since")
    func passes() throws {
        let first = try series(
            until: "2025-03-01T00:00:00+01:00", recorded: "2025-03-01T00:00:00+01:00", count: 150_000)
        let whole = 3
        let begun = try copy(first, atMost: 1)
        let rest = try copy(first)
        #expect(begun.count == 1 && rest.count == whole - 1 && rest.first?.start == begun.first?.end)
        let end = try #require(rest.last).end
        #expect((begun + rest).allSatisfy { $0.recordedSince == nil } && end > first[0].end)
        #expect(try copy(first).isEmpty)
        let later = try series(until: "2025-03-05T00:00:00+01:00", recorded: "2025-03-06T00:00:00+01:00", count: 1000)
        let again = try copy(later)
        #expect(again.map(\.recordedSince) == [first[0].recorded, nil])
        #expect(again.first?.start == first[0].start && again.last?.start == first[0].end)
        #expect(try copy(later).isEmpty)
    }

    @Test("of before a moment can be left behind")
    func since() throws {
        let series = try series(until: "2025-03-01T00:00:00+01:00", recorded: "2025-03-01T00:00:00+01:00", count: 10)
        let since = try Instant(parsing: "2025-02-01T00:00:00+01:00")
        let windows = try copy(series, since: since)
        #expect(windows.map(\.start) == [since])
        let request = windows[0].request(for: sensor, peerID: 11)
        #expect(request.path == "/api/dev/sensor/11/chart_data")
        #expect(
            request.query.first?.1 == "2025-01-31T23:00:00+00:00" && !request.query.contains { $0.0 == "beliefs_after" }
        )
    }
}
