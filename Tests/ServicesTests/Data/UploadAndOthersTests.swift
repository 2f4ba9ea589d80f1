import EnergyCore
import Sheets
import Store
import TestSupport
import Testing

@testable import Services

@Suite("Uploads beside other writers")
struct UploadAndOthersTests {
    private let house: TestHouse
    private let sensor: Sensor
    private let other: Sensor

    init() throws {
        house = try TestHouse()
        let asset = try house.makeAsset("Site")
        sensor = try house.makeSensor("uploaded", of: asset)
        other = try house.makeSensor("posted", of: asset)
    }

    /// Quarter-hours before now, the last row as given.
    private func file(rows: Int, last: String = "1") -> UploadRequest {
        let start = house.clock.now - .minutes(Int64(15 * rows))
        let lines = (0..<rows).map { row in
            "\((start + .minutes(Int64(15 * row))).utcText),\(row == rows - 1 ? last : "1")\n"
        }
        let text = "event_start,event_value\n" + lines.joined()
        return UploadRequest(files: [UploadedFile(name: "a.csv", contentType: "text/csv", bytes: Array(text.utf8))])
    }

    private func post() throws {
        let start = AwareDateTime(instant: house.clock.now - .hours(1), offset: 0)
        let post = DataPost(values: [1], start: start, duration: .minutes(15), unit: "kW")
        try house.services.data.post(post, to: other.id, as: house.caller("member"))
    }

    @Test("others write while a file is read and checked")
    func reading() throws {
        var posts = 0
        try house.services.data.upload(file(rows: 100_000), to: sensor.id, as: house.caller("member")) { part in
            guard part < 0.5 else { return }
            house.clock.advance(.seconds(1))
            try post()
            posts += 1
        }
        #expect(posts >= 10)
        #expect(try house.countOfValues(of: sensor) == 100_000)
        #expect(try house.countOfValues(of: other) == posts)
    }

    @Test("a fault at the end of a file leaves nothing, and has held nobody")
    func fault() throws {
        #expect(throws: UploadRefused.self) {
            try house.services.data.upload(file(rows: 20_000, last: "x"), to: sensor.id, as: house.caller("member")) {
                _ in
                try post()
            }
        }
        #expect(try house.countOfValues(of: sensor) == 0)
    }

    @Test("an upload that is stopped while it is stored leaves nothing")
    func stopped() throws {
        struct Stopped: Error {}
        #expect(throws: Stopped.self) {
            try house.services.data.upload(file(rows: 200_000), to: sensor.id, as: house.caller("member")) { part in
                if part > 0.7 { throw Stopped() }
            }
        }
        #expect(try house.countOfValues(of: sensor) == 0)
    }

    @Test("files with too many rows for memory are read piece by piece instead")
    func large() throws {
        var reader = UploadReader(request: file(rows: 150_000), sensor: sensor, now: house.clock.now)
        let held = try reader.parts { _ in }
        #expect(held?.map(\.starts.count).reduce(0, +) == 150_000)
        reader.mostHeld = 100_000
        let tooMany = try reader.parts { _ in }
        #expect(tooMany == nil)
        var count = 0
        try reader.read(progress: { _ in }, to: { count += $0.starts.count })
        #expect(count == 150_000)
    }
}
