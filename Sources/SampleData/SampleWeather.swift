import EnergyCore
import Foundation

/// Weather at the harbour, quarter-hourly: what was measured and what had been forecast.
struct SampleWeather {
    /// °C
    var temperature: [Double]
    /// W/m² on the horizontal
    var irradiance: [Double]
    /// °C, a day ahead
    var forecastTemperature: [Double]
    /// W/m², a day ahead
    var forecastIrradiance: [Double]

    init(timeline: SampleTimeline, random: inout SeededGenerator) {
        var air = 0.0
        var cloud = 0.4
        var forecastError = 0.0
        temperature = []
        irradiance = []
        forecastTemperature = []
        forecastIrradiance = []
        var dayCloud = 0.4
        for index in 0..<timeline.count {
            let hour = timeline.hour(index)
            let day = Double(timeline.day(index))
            if hour == 0 { dayCloud = min(0.95, max(0.05, 0.45 + 0.28 * random.normal())) }
            air += -0.012 * air + 0.12 * random.normal()
            cloud += 0.08 * (dayCloud - cloud) + 0.06 * random.normal()
            cloud = min(1, max(0, cloud))
            forecastError += -0.03 * forecastError + 0.1 * random.normal()
            let clear = Self.clearSky(
                solarHour: hour - (index < timeline.firstIndex(ofDay: 28) ? 0.72 : 1.72), day: 61 + day)
            let sun = clear * (1 - 0.78 * pow(cloud, 1.6))
            let expectedSun = clear * (1 - 0.78 * pow(min(1, max(0, dayCloud + 0.05 * forecastError)), 1.6))
            let base = 5.5 + 0.13 * day + 4.2 * cos((hour - 15) / 24 * 2 * .pi) - 2.2 * (dayCloud - 0.45)
            temperature.append(base + air)
            irradiance.append(sun)
            forecastTemperature.append(base + 0.6 * air + forecastError)
            forecastIrradiance.append(expectedSun)
        }
    }

    /// Clear-sky irradiance at 51.9 degrees north, W/m² (Haurwitz model over the sun's elevation).
    private static func clearSky(solarHour: Double, day: Double) -> Double {
        let latitude = 51.9 * Double.pi / 180
        let declination = 23.45 * Double.pi / 180 * sin(2 * .pi * (284 + day) / 365)
        let hourAngle = (solarHour - 12) * .pi / 12
        let elevation = sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hourAngle)
        return elevation <= 0.01 ? 0 : 1098 * elevation * exp(-0.057 / elevation)
    }
}
