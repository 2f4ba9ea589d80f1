import EnergyCore
import Services
import Sheets
import Store
import TestSupport
import Testing

/// Who may do what with data, and what is written down about it.
@Suite struct DataAccessTests {
    private func stranger(_ world: DataWorld) throws -> Caller {
        let user = try world.context.store.write { transaction in
            let account = try transaction.insert(Account(id: 0, name: "others"))
            var user = User(id: 0, username: "eve", email: "eve@example.com", accountID: account)
            user.id = try transaction.insert(user, passwordHash: nil)
            return user
        }
        return Caller(user: user, origin: .api)
    }

    private func post() throws -> DataPost {
        let start = try AwareDateTime(parsing: "2024-05-01T00:00:00+02:00")
        return DataPost(values: [1, 2], start: start, duration: .minutes(30), unit: "kW")
    }

    @Test("members of other accounts may do nothing with data")
    func strangers() throws {
        let world = try DataWorld()
        let sensor = try world.addSensor(["unit": "kW", "event_resolution": "PT15M"])
        let eve = try stranger(world)
        let query = DataQuery(
            start: try post().start, duration: ISODuration(span: .hours(1)), unit: "kW")
        #expect(throws: AccessError.forbidden) { try world.data.post(try post(), to: sensor.id, as: eve) }
        #expect(throws: AccessError.forbidden) {
            _ = try world.data.data(of: sensor.id, query, as: .live, caller: eve)
        }
        #expect(throws: AccessError.forbidden) { try world.data.delete(DeletionQuery(), of: sensor.id, as: eve) }
        #expect(throws: AccessError.forbidden) {
            _ = try world.data.statistics(of: sensor.id, StatisticsQuery(), as: .live, caller: eve)
        }
        #expect(throws: AccessError.forbidden) {
            _ = try StatusService(context: world.context).status(of: sensor.id, as: .live, caller: eve)
        }
        #expect(throws: AccessError.forbidden) {
            _ = try ChartService(context: world.context)
                .data(ofAsset: world.assetID, ChartQuery(), as: .live, caller: eve)
        }
    }

    @Test("data of a sensor that does not exist are not found")
    func missing() throws {
        let world = try DataWorld()
        #expect(throws: NotFound(.sensor, 99)) { try world.data.post(try post(), to: 99, as: .host) }
    }

    @Test("uploads and deletions are written down, posts are not")
    func audit() throws {
        let world = try DataWorld()
        let sensor = try world.addSensor(["unit": "kW", "event_resolution": "PT15M"], name: "power")
        let dora = try world.user("dora")
        try world.data.post(try post(), to: sensor.id, as: dora)
        let files = ["a.csv", "b.csv", "c.csv"].map {
            UploadedFile(name: $0, source: .bytes(Array("start,value\n2024-06-01T00:00:00Z,5\n".utf8)))
        }
        let receipt = try world.data.upload(UploadRequest(files: files), to: sensor.id, as: dora)
        #expect(receipt == .alreadyReceived)
        try world.data.delete(DeletionQuery(), of: sensor.id, as: dora)
        let events = try world.context.store.read {
            try $0.auditRecords(.asset(world.assetID), AuditSelection()).map(\.event)
        }
        #expect(
            events == [
                "Data from a.csv, b.csv and c.csv uploaded to sensor 'power': \(sensor.id)",
                "Deleted data for sensor 'power': \(sensor.id)",
            ])
    }

    @Test("deletions can be limited to a source and to events within a period")
    func deletion() throws {
        let world = try DataWorld()
        let sensor = try world.addSensor(["unit": "kW", "event_resolution": "PT15M"])
        let dora = try world.user("dora")
        var data = try post()
        data.values = [1, 2, 3, 4]
        data.duration = .hours(1)
        try world.data.post(data, to: sensor.id, as: dora)
        let query = try DeletionQuery(
            fields: ["start": "2024-05-01T00:15:00+02:00", "until": "2024-05-01T00:45:00+02:00"])
        #expect(try world.data.delete(query, of: sensor.id, as: dora) == 2)
        #expect(try world.stored(sensor).map(\.value) == [1, 4])
        var ofOther = DeletionQuery()
        ofOther.source = 99
        #expect(throws: FieldErrors.self) { try world.data.delete(ofOther, of: sensor.id, as: dora) }
        let short = try DeletionQuery(
            fields: ["start": "2024-05-01T00:15:00+02:00", "until": "2024-05-01T00:20:00+02:00"])
        #expect(throws: FieldErrors.self) { try world.data.delete(short, of: sensor.id, as: dora) }
    }

    @Test("a file with one bad row leaves nothing behind, and the row is named")
    func badRow() throws {
        let world = try DataWorld()
        let sensor = try world.addSensor(["unit": "kW", "event_resolution": "PT15M"])
        let good = UploadedFile(name: "a.csv", source: .bytes(Array("s,v\n2024-06-01T00:00:00Z,5\n".utf8)))
        let text = "s,v\n2024-06-01T00:00:00Z,5\n2024-06-01T00:15:00Z,x\n"
        let bad = UploadedFile(name: "b.csv", source: .bytes(Array(text.utf8)))
        #expect {
            try world.data.upload(UploadRequest(files: [good, bad]), to: sensor.id, as: .host)
        } throws: { error in
            (error as? UploadRefused)?.description == "b.csv, line 3: event values should be numeric ('x')"
        }
        #expect(try world.stored(sensor).isEmpty)
    }

    @Test("only the operator may record under another source")
    func sources() throws {
        let world = try DataWorld()
        let sensor = try world.addSensor(["unit": "kW", "event_resolution": "PT15M"])
        var data = try post()
        data.source = DataSource(id: 0, name: "KNMI", type: "crawling script")
        #expect(throws: AccessError.forbidden) { try world.data.post(data, to: sensor.id, as: try world.user("dora")) }
        try world.data.post(data, to: sensor.id, as: .host)
        let source = try #require(try world.stored(sensor).first?.sourceID)
        #expect(try world.context.records().sources[source]?.name == "KNMI")
    }
}
