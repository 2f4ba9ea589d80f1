import Foundation

/// One flexible device as the programme sees it: limits of its power and, if it has a stock, how the stock follows.
///
/// Powers in MW, consumption positive; stocks in MWh at the end of each step; infinities where unlimited.
package struct DeviceProblem: Hashable, Sendable {
    /// What people call it.
    package var label: String
    package var powerLower: [Double]
    package var powerUpper: [Double]
    /// MWh that arrive in the stock per MWh taken from the site.
    package var charging: [Double]
    /// MWh delivered to the site per MWh taken from the stock.
    package var discharging: [Double]
    /// Share of the stock that is kept over a step.
    package var retention: [Double]
    /// MW that flow into the stock from elsewhere, less what is used from it.
    package var gain: [Double]
    /// MWh at the start; nil for a device without a stock.
    package var start: Double?
    package var stockLower: [Double]
    package var stockUpper: [Double]
    /// False for a device of another commodity than electricity.
    package var isAtSite = true
    /// The device whose stock it feeds instead of one of its own.
    package var stockOwner: Int?
    package var coupling: DeviceCoupling?
    /// Bands of power, in one of which it is in every step; empty for any power.
    package var modes: [ClosedRange<Double>] = []

    /// The share of a step's flow that is left at its end when the flow is spread evenly and decays like the stock.
    package static func flowShare(retention: Double) -> Double {
        retention == 1 ? 1 : (retention - 1) / log1p(retention - 1)
    }

    /// The stock at the end of a step, from the stock before it and the power during it.
    package func stock(after step: Int, from stock: Double, power: Double, hours: Double) -> Double {
        let flow = power > 0 ? power * charging[step] : power / discharging[step]
        let change = ((power == 0 ? 0 : flow) + gain[step]) * hours
        let kept = retention[step]
        return kept == 1 ? stock + change : stock * kept + change * Self.flowShare(retention: kept)
    }

    /// The stock at the end of every step, beginning from zero if there is no start level.
    package func stocks(for powers: [Double], hours: Double) -> [Double] {
        var level = start ?? 0
        return powers.indices.map { step in
            level = stock(after: step, from: level, power: powers[step], hours: hours)
            return level
        }
    }

    /// True if charging and discharging at once would burn energy or create it in this step.
    func isLossy(at step: Int) -> Bool {
        abs(charging[step] * discharging[step] - 1) > 1e-12
    }
}
