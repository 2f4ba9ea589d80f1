import EnergyCore
import Foundation

/// Day-ahead prices in EUR/MWh, one an hour, and what somebody expected of them two days before.
struct SampleMarket {
    var price: [Double]
    var expectedPrice: [Double]

    init(timeline: SampleTimeline, weather: SampleWeather, random: inout SeededGenerator) {
        price = []
        expectedPrice = []
        var level = 0.0
        var wind = 0.0
        for index in stride(from: 0, to: timeline.count, by: 4) {
            let hour = timeline.hour(index)
            if hour == 0 { level = 0.7 * level + 9 * random.normal() }
            wind += -0.06 * wind + 3.2 * random.normal()
            let peaks = 34 * Self.bump(hour, at: 8, width: 1.9) + 47 * Self.bump(hour, at: 19.5, width: 2.1)
            let night = -14 * Self.bump(hour, at: 3.5, width: 2.6)
            let sun = -0.085 * weather.irradiance[index]
            let demand = timeline.isWorkday(index) ? 7.0 : -11.0
            let base = 71 + level + peaks + night + sun + demand
            price.append(base + wind + 1.5 * random.normal())
            expectedPrice.append(
                base + 0.4 * wind - 0.03 * (weather.forecastIrradiance[index] - weather.irradiance[index]))
        }
    }

    /// The price of the hour in which a quarter-hour lies.
    func price(atQuarter index: Int) -> Double {
        price[index / 4]
    }

    private static func bump(_ hour: Double, at centre: Double, width: Double) -> Double {
        exp(-pow((hour - centre) / width, 2))
    }
}
