import EnergyCore
import Foundation

/// The plant of a site, quarter-hourly in kW, consumption positive.
enum SampleDevices {
    /// A PV roof or field; values are production.
    static func solar(peak: Double, weather: [Double], temperature: [Double], random: inout SeededGenerator) -> [Double]
    {
        zip(weather, temperature).map { sun, air in
            let derate = 1 - 0.004 * max(0, air + sun / 35 - 25)
            return min(0.92 * peak, max(0, peak * sun / 1000 * 0.94 * derate * (1 + 0.015 * random.normal())))
        }
    }

    /// A building with office or warehouse hours.
    static func building(
        base: Double, day: Double, opens: Double, closes: Double, timeline: SampleTimeline, temperature: [Double],
        random: inout SeededGenerator
    ) -> [Double] {
        var noise = 0.0
        return (0..<timeline.count).map { index in
            noise += -0.25 * noise + 0.04 * day * random.normal()
            let hour = timeline.hour(index)
            let rise = 1 / (1 + exp(-(hour - opens) * 2.4))
            let fall = 1 / (1 + exp((hour - closes) * 1.9))
            let use = timeline.isWorkday(index) ? rise * fall : 0.16 * rise * fall
            let heating = 0.012 * day * max(0, 15 - temperature[index])
            return max(0.3 * base, base + day * use + heating * (0.4 + use) + noise)
        }
    }

    /// A charge point: cars come in the morning (workplace) or in the evening (depot), charge flat out and taper.
    static func charger(
        power: Double, arrival: Double, weekend: Bool, timeline: SampleTimeline, random: inout SeededGenerator
    ) -> [Double] {
        var values = [Double](repeating: 0, count: timeline.count)
        for day in 0..<SampleTimeline.days {
            let first = timeline.firstIndex(ofDay: day)
            guard first < timeline.count, weekend || timeline.isWorkday(first), random.uniform() < 0.86 else {
                continue
            }
            var index = first + Int((arrival + 0.8 * random.normal()) * 4)
            var left = power * (1.2 + 2.6 * random.uniform())
            while left > 0.05, index < timeline.count {
                let now = left < power * 0.5 ? max(0.12 * power, left * 1.3) : power
                values[index] = min(power, now) * (0.985 + 0.01 * random.uniform())
                left -= values[index] / 4
                index += 1
            }
        }
        return values
    }

    /// A modulating heat pump that keeps a building warm.
    static func heatPump(
        power: Double, timeline: SampleTimeline, temperature: [Double], random: inout SeededGenerator
    ) -> [Double] {
        var deficit = 0.0
        var isRunning = false
        return (0..<timeline.count).map { index in
            let hour = timeline.hour(index)
            let setBack = hour < 5 || hour >= 22 ? 0.55 : 1.0
            let demand = max(0, 16.5 - temperature[index]) / 20 * power * setBack
            deficit += demand / 4
            if deficit > 0.25 * power { isRunning = true }
            if deficit <= 0 { isRunning = false }
            guard isRunning else { return 0.06 }
            let level = min(1, max(0.35, demand / power + 0.3)) * power * (1 + 0.02 * random.normal())
            deficit -= level / 4
            return level
        }
    }

    /// A machine that runs in batches on work days (a cleaning line, a cooling compressor).
    static func batches(
        power: Double, hours: [Double], length: Double, timeline: SampleTimeline, random: inout SeededGenerator
    ) -> [Double] {
        (0..<timeline.count).map { index in
            let hour = timeline.hour(index)
            let runs = hours.contains { hour >= $0 && hour < $0 + length } && timeline.weekday(index) < 6
            return runs ? power * (0.97 + 0.04 * random.uniform()) : 0.015 * power
        }
    }
}
