import EnergyCore
import Logging
import Store

/// Small chores that nobody waits for: forgetting tokens, jobs, alarms and undo records whose time is over, removing the data
/// of deleted sensors, sending mail that waits.
package struct Housekeeping: Sendable {
    let context: ServiceContext
    let mails: MailService

    /// Does all chores that are due. Each is a transaction of its own, so that writers wait for none of them long.
    package func tidy() {
        // What is forgotten is gone, so that the clock must be right: one that was set is given time to be corrected.
        guard !context.settings.readOnly, context.clockWatch.isSteady(for: .hours(1)) else { return }
        let now = context.clock.now
        do {
            try context.write { transaction in
                _ = try transaction.deleteJobs(expiredBy: now)
                try transaction.deleteTokens(expiredBefore: now)
                try transaction.deleteAlarmMarks(madeBefore: now - .days(90))
                try transaction.deleteAlarmRecords(
                    raisedBefore: now - AlarmHistory.kept, keeping: AlarmHistory.mostRecords)
            }
            for sensor in try context.store.read({ try $0.doomedSensors(expiredBy: now) }) {
                try removeData(of: sensor)
            }
            try context.write { try $0.deleteUndo(expiredBy: now) }
        } catch {
            context.logger.warning("Housekeeping failed", metadata: ["error": "\(error)"])
        }
        mails.deliverSoon()
    }

    private func removeData(of id: SensorID) throws {
        // The sensor itself is gone; all of its data go, so that neither step nor zone matter.
        let sensor = Sensor(id: id, name: "", assetID: 0, unit: "", resolution: .zero, timezone: "UTC")
        try context.write { transaction in
            if try transaction.sensor(id) == nil {
                _ = try transaction.deleteBeliefs(of: sensor, in: .all)
            }
            try transaction.spareSensor(id)
        }
    }
}
