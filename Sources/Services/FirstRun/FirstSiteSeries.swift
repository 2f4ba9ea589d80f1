import EnergyCore
import Foundation

/// Estimates for a site of which nothing is measured yet: enough for a first plan, replaced by whatever is recorded later.
struct FirstSiteSeries {
    let site: FirstSite
    let zone: Zone
    /// Midnight of the first day.
    let start: Instant

    private static let days = 14
    private static let priceDays = 90
    /// Share of the mean by the hour, of a household or a small business.
    private static let dayShape = [
        0.55, 0.5, 0.48, 0.47, 0.48, 0.55, 0.8, 1.1, 1.15, 1.05, 1.0, 1.05, 1.15, 1.1, 1.0, 0.98, 1.1, 1.4, 1.7, 1.75,
        1.6, 1.3, 0.95, 0.7,
    ]
    /// Where nobody said so the sun is taken to shine as in the middle of Europe.
    private static let latitude = 50.0 * Double.pi / 180

    /// kW by quarter of an hour, consumption positive.
    var load: [Double] {
        let mean = site.yearlyUse / 8760
        let level = Self.dayShape.reduce(0, +) / 24
        return quarters.map { rounded(mean * Self.dayShape[Int(hour(at: $0))] / level) }
    }

    /// kW by quarter of an hour, production positive: a day with some clouds.
    var production: [Double] {
        quarters.map { rounded(site.peakPower * 0.6 * max(0, sunHeight(at: $0 + .seconds(450)))) }
    }

    /// EUR/kWh by hour.
    var prices: [Double] {
        let hours = (0..<(24 * Self.priceDays)).map { start + .hours(Int64($0)) }
        return hours.map { (7..<23).contains(hour(at: $0)) ? site.dayPrice : site.nightPrice }
    }

    var feedInPrices: [Double] { [Double](repeating: site.feedInPrice, count: 24 * Self.priceDays) }

    private var quarters: [Instant] { (0..<(96 * Self.days)).map { start + .minutes(15 * Int64($0)) } }

    private func hour(at moment: Instant) -> Double {
        let seconds = moment.seconds + Int64(zone.offset(at: moment))
        return Double((seconds % 86_400 + 86_400) % 86_400) / 3600
    }

    /// Sine of the sun's height, by the season and the hour in the zone's standard time.
    private func sunHeight(at moment: Instant) -> Double {
        let day = Double(moment.seconds % 31_556_952) / 86_400
        let tilt = -0.4091 * cos(2 * .pi * (day + 10) / 365.2425)
        let january = Instant(seconds: moment.seconds - Int64(day) * 86_400)
        let shift = Double(zone.offset(at: moment) - zone.offset(at: january)) / 3600
        let angle = (hour(at: moment) - shift - 12) / 12 * .pi
        return sin(Self.latitude) * sin(tilt) + cos(Self.latitude) * cos(tilt) * cos(angle)
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
