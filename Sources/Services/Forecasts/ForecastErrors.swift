import EnergyCore

/// How far stored forecasts of a sensor were from what was measured: by how long before they were made, and by time of
/// day.
package struct ForecastErrors: Hashable, Sendable {
    /// A mean of absolute errors over some forecasts.
    package struct Mean: Hashable, Sendable {
        package private(set) var count = 0
        private var errors = 0.0
        private var sizes = 0.0

        /// In the sensor's unit; nil without forecasts.
        package var error: Double? { count > 0 ? errors / Double(count) : nil }
        /// As a share of the mean size of what was measured.
        package var share: Double? { sizes > 0 ? errors / sizes : nil }

        mutating func add(_ error: Double, of truth: Double) {
            count += 1
            errors += abs(error)
            sizes += abs(truth)
        }
    }

    /// The hours from one to before another, of every day: of the last forecasts before each event.
    package struct Period: Hashable, Sendable {
        package let from: Int
        package let until: Int
        package private(set) var mean = Mean()
        private var sum = 0.0
        private var days: [CivilDate: Mean] = [:]

        init(_ from: Int, _ until: Int) {
            self.from = from
            self.until = until
        }

        /// Mean of forecast minus measured.
        package var bias: Double? { mean.count > 0 ? sum / Double(mean.count) : nil }

        /// The day on which forecasts were worst here.
        package var worstDay: CivilDate? {
            days.max { a, b in (a.value.error ?? 0, b.key) < (b.value.error ?? 0, a.key) }?.key
        }

        mutating func add(_ error: Double, of truth: Double, on day: CivilDate) {
            mean.add(error, of: truth)
            days[day, default: Mean()].add(error, of: truth)
            sum += error
        }
    }

    /// No horizon beyond this one is told apart.
    package static let mostHours = 168

    /// How many days were looked at; fewer than asked for where there are very many forecasts.
    package internal(set) var days = 0
    /// By whole hours from forecast to event, the first up to one hour.
    package private(set) var byHorizon: [Mean] = []
    package private(set) var periods = [Period(0, 6), Period(6, 9), Period(9, 17), Period(17, 21), Period(21, 24)]
    /// Of values for which the last forecast had a band: how many lay inside, how many there were.
    package private(set) var inBand = (inside: 0, of: 0)
    /// What the outermost quantiles of that band enclose.
    package private(set) var bandShare: Double?

    /// Nothing that was looked at.
    package init() {}

    /// Share of what was measured that lies inside the band.
    package var coverage: Double? { inBand.of > 0 ? Double(inBand.inside) / Double(inBand.of) : nil }

    package static func == (a: ForecastErrors, b: ForecastErrors) -> Bool {
        a.days == b.days && a.byHorizon == b.byHorizon && a.periods == b.periods && a.inBand == b.inBand
            && a.bandShare == b.bandShare
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(byHorizon)
        hasher.combine(periods)
    }

    /// Takes a forecast into account that was made so long before its event.
    mutating func add(_ forecast: Belief, error: Double, truth: Double) {
        let hour = TimeSpan.hours(1).microseconds
        let bin = Int((forecast.horizon.microseconds - 1) / hour)
        guard forecast.horizon > .zero, bin < Self.mostHours else { return }
        while byHorizon.count <= bin { byHorizon.append(Mean()) }
        byHorizon[bin].add(error, of: truth)
    }

    /// Takes the last forecast before an event into account.
    mutating func addLast(error: Double, truth: Double, at local: LocalDateTime) {
        guard let place = periods.firstIndex(where: { $0.from <= local.hour && local.hour < $0.until }) else { return }
        periods[place].add(error, of: truth, on: local.date)
    }

    mutating func addBand(_ quantiles: [Belief], truth: Double) {
        guard let low = quantiles.first, let high = quantiles.last, quantiles.count > 1 else { return }
        inBand.of += 1
        if low.value <= truth, truth <= high.value { inBand.inside += 1 }
        bandShare = high.cumulativeProbability - low.cumulativeProbability
    }
}
