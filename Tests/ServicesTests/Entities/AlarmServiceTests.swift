import EnergyCore
import Logging
import Services
import Store
import TestSupport
import Testing

@Suite("Alarms and logs")
struct AlarmServiceTests {
    @Test("a state of charge outside of its limits raises an alarm until it is back")
    func breach() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let battery = try house.makeAsset("Battery")
        let charge = try house.services.sensors.create(
            ["name": "soc", "unit": "kWh", "event_resolution": "PT0M", "generic_asset_id": .int(battery.id)],
            as: .host)
        _ = try house.services.assets.update(
            battery.id,
            ["flex_model": ["soc-min": "5 kWh", "soc-max": "45 kWh", "state-of-charge": ["sensor": .int(charge.id)]]],
            as: owner)
        try house.measure(50, of: charge)
        let alarm = try #require(try house.services.alarms.alarms(as: owner).first { $0.kind == .breach })
        #expect(alarm.title == "Battery: state of charge above its maximum")
        #expect(alarm.detail == "0.05 MWh, limit 0.045 MWh")
        #expect(try house.services.alarms.alarms(as: house.caller("stranger")).isEmpty)
        house.clock.advance(.minutes(15))
        try house.measure(40, of: charge)
        #expect(try house.services.alarms.alarms(as: owner).allSatisfy { $0.kind != .breach })
        // A look back shows it again.
        let past = BeliefHorizon.asOf(house.clock.now - .minutes(20))
        let then = try house.services.alarms.alarms(at: past, as: owner, includingShelved: true)
        #expect(then.contains { $0.kind == .breach })
    }

    @Test("a failed job is an alarm that can be acknowledged, shelved and shown again")
    func marks() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let asset = try house.makeAsset("Site")
        var request = JobRequest(kind: "nobody", queue: "scheduling", payload: [:])
        request.assetID = asset.id
        _ = try house.services.jobs.enqueue(request, as: owner)
        _ = try house.store.write { transaction in
            let now = house.clock.now
            let job = try #require(
                try transaction.claimJob(ofKinds: ["nobody"], for: "x", now: now, lease: now + .seconds(9)))
            try transaction.end(
                job, owner: "x", .failed(errorClass: "X", message: "y"), metadata: [:], at: now, expiresAt: nil)
        }
        let alarms = house.services.alarms
        let alarm = try #require(try alarms.alarms(as: owner).first)
        #expect(alarm.title == "Site: scheduling job failed")
        let seen = try alarms.acknowledge([alarm.key], as: owner)
        #expect(try alarms.alarms(as: owner).first?.mark?.acknowledgedBy == "owner")
        let hidden = try alarms.shelve([alarm.key], until: house.clock.now + .hours(1), as: owner)
        #expect(try alarms.alarms(as: owner).isEmpty)
        house.clock.advance(.hours(1))
        #expect(try alarms.alarms(as: owner).first?.isAcknowledged == true)
        #expect(throws: UndoError.self) { try alarms.takeBack(seen, as: owner) }
        try alarms.takeBack(hidden, as: owner)
        #expect(try alarms.alarms(as: owner).first?.isAcknowledged == true)
        try alarms.takeBack(seen, as: owner)
        #expect(try alarms.alarms(as: owner).first?.isAcknowledged == false)
        let log = try house.services.audit.log(.asset(asset.id), AuditQuery(), as: .host)
        let deeds = log.records.map(\.event).filter { $0.contains("alarm 'job 1 failed'") }
        #expect(deeds.filter { $0.hasPrefix("Acknowledged") }.count == 1)
        #expect(deeds.filter { $0.hasPrefix("Shelved until 2026-03-24T10:00:00Z") }.count == 1)
        #expect(deeds.filter { $0.hasPrefix("Undone") }.count == 2)
        #expect(throws: AccessError.forbidden) { try alarms.acknowledge([alarm.key], as: house.caller("stranger")) }
        #expect(throws: NotFound.self) { try alarms.acknowledge(["stale:999:user"], as: owner) }
        #expect(throws: NotFound.self) { try alarms.acknowledge([alarm.key, "nonsense"], as: owner) }
        #expect(try alarms.alarms(as: owner).first?.isAcknowledged == false)
    }
}
