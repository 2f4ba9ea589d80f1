/// What devices do when no plan keeps all limits: towards the first thing that is asked of their stock, at full rate.
///
/// Losses, the site and everything else are left out of account.
package enum FallbackPolicy {
    /// The name of the policy in answers.
    package static let schedulerName = "StorageFallbackScheduler"

    /// Power per device and step in MW, consumption positive.
    package static func powers(
        _ snapshot: SchedulingSnapshot, devices: [DeviceRequest]
    ) -> [[Double]] {
        zip(snapshot.devices, devices).map { device, request in
            let problem = DeviceProblem(device)
            let charge = request.fallsBackOnConsuming ? problem.powerUpper.min() ?? 0 : 0
            let discharge = request.fallsBackOnProducing ? -(problem.powerLower.max() ?? 0) : 0
            return power(device, charge: charge, discharge: discharge, hours: snapshot.grid.hours)
        }
    }

    private static func power(_ device: DeviceSnapshot, charge: Double, discharge: Double, hours: Double) -> [Double] {
        let idle = device.powerCapacity.map { _ in 0.0 }
        guard let goal = goal(device, hours: hours) else { return idle }
        let rate = goal > 0 ? charge : -discharge
        guard rate != 0, rate.isFinite else { return idle }
        var sum = 0.0
        return idle.map { _ in
            sum += rate
            return abs(sum) > abs(goal) * (1 + 1e-9) ? 0 : rate
        }
    }

    /// How far the stock should move, in MW x steps; nil to stay.
    private static func goal(_ device: DeviceSnapshot, hours: Double) -> Double? {
        guard let start = device.start else { return nil }
        func change(_ level: Double) -> Double { (level - start) / hours }
        if let target = device.targets.first(where: { !$0.isNaN }) { return change(target) }
        let (lower, upper) = device.boundsWithoutTargets
        if let ceiling = upper.first(where: { $0 < start }) { return change(ceiling) }
        if let floor = lower.first(where: { $0 > start }) { return change(floor) }
        return nil
    }
}
