import EnergyCore

/// The sum of some devices and known flows, with limits of its own: a group, a commodity, or what a commitment is about.
package struct PowerSum: Hashable, Sendable {
    /// What people call it.
    package var label: String
    /// Positions of its devices.
    package var members: [Int]
    /// Known flows that belong to it, MW per step.
    package var fixed: [Double]
    /// Hard limits; infinities where there is none.
    package var lower: [Double]
    package var upper: [Double]
    /// The group that it is, if it is one.
    package var group: FlexGroupReference?

    /// A sum without limits.
    package init(_ label: String, members: [Int], steps: Int) {
        self.label = label
        self.members = members
        fixed = [Double](repeating: 0, count: steps)
        lower = [Double](repeating: -.infinity, count: steps)
        upper = [Double](repeating: .infinity, count: steps)
    }

    /// The sum per step when the devices run like this.
    package func power(_ powers: [[Double]]) -> [Double] {
        fixed.indices.map { step in members.reduce(fixed[step]) { $0 + powers[$1][step] } }
    }
}

/// A device that moves in proportion to the others of the same name.
package struct DeviceCoupling: Hashable, Sendable {
    package var name: String
    /// Its power per unit of the common level, consumption positive; the level is never negative.
    package var share: Double
}

extension SchedulingProblem {
    /// True if something besides the site ties devices to each other, or a device to bands of power.
    var hasLinks: Bool {
        !sums.isEmpty
            || devices.contains { !$0.isAtSite || $0.stockOwner != nil || $0.coupling != nil || !$0.modes.isEmpty }
    }

    /// The devices whose flows go into the stock of this one, itself first.
    func feeders(of device: Int) -> [Int] {
        [device] + devices.indices.filter { devices[$0].stockOwner == device }
    }

    /// The stock of a device at the end of every step, fed by all devices that share it.
    package func stocks(of device: Int, _ powers: [[Double]]) -> [Double] {
        let feeders = feeders(of: device)
        guard feeders.count > 1 else { return devices[device].stocks(for: powers[device], hours: grid.hours) }
        // What the others bring counts like a gain of the owner.
        var owner = devices[device]
        for step in 0..<grid.count {
            owner.gain[step] += feeders.dropFirst().reduce(0) { $0 + devices[$1].flow(powers[$1][step], step) }
        }
        return owner.stocks(for: powers[device], hours: grid.hours)
    }
}

extension DeviceProblem {
    /// MW into the stock for a power at the meter.
    func flow(_ power: Double, _ step: Int) -> Double {
        power > 0 ? power * charging[step] : power == 0 ? 0 : power / discharging[step]
    }
}
