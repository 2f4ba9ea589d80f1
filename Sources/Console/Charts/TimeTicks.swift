import EnergyCore
import TerminalKit

/// Labels of the time axis by the calendar of the place: round local times, dates where the day changes, both hours
/// when a
/// clock is set back and none that was skipped.
package enum TimeTicks {
    private static let minuteSteps = [5, 10, 15, 30, 60, 120, 180, 360, 720]
    private static let daySteps = [1, 2, 7, 14, 30, 91, 182, 365]

    package static func ticks(_ view: ChartView, columns: Int, zone: Zone) -> [ChartAxis.Tick] {
        guard columns > 0 else { return [] }
        let mapper = PanelPicture.mapper(view, columns: columns)
        let perColumn = Double(mapper.step) / 6e7
        let wanted = perColumn * 9
        if !view.isDaily, let step = minuteSteps.first(where: { Double($0) >= wanted }) {
            return minutes(view, step: step, mapper, zone)
        }
        let step = daySteps.first { Double($0) * 1440 >= wanted } ?? 730
        return days(view, step: step, mapper, zone)
    }

    private static func minutes(_ view: ChartView, step: Int, _ mapper: ColumnMapper, _ zone: Zone) -> [ChartAxis.Tick]
    {
        var ticks: [ChartAxis.Tick] = []
        var date = zone.local(view.start).date.adding(days: -1)
        let last = zone.local(view.end).date
        let isLong = view.span > .hours(26)
        while !(last < date) {
            for minute in stride(from: 0, to: 1440, by: step) {
                let local = LocalDateTime(date, hour: minute / 60, minute: minute % 60)
                let moments: [(moment: Instant, mark: String)]
                switch zone.match(local) {
                case .once(let moment): moments = [(moment, "")]
                case .twice(let first, let second): moments = [(first, "a"), (second, "b")]
                case .never: moments = []
                }
                for (moment, mark) in moments {
                    guard let column = mapper.column(of: moment.microseconds) else { continue }
                    let clock = "\(TimeFormat.two(minute / 60)):\(TimeFormat.two(minute % 60))\(mark)"
                    let label = minute == 0 && isLong ? "\(date.day) \(TimeFormat.months[date.month - 1])" : clock
                    ticks.append(ChartAxis.Tick(column: column, label: label))
                }
            }
            date = date.adding(days: 1)
        }
        return ticks
    }

    private static func days(_ view: ChartView, step: Int, _ mapper: ColumnMapper, _ zone: Zone) -> [ChartAxis.Tick] {
        var ticks: [ChartAxis.Tick] = []
        var date = zone.local(view.start).date
        let last = zone.local(view.end).date
        let isYears = view.span > .days(400)
        while !(last < date) {
            let falls =
                step >= 30
                ? date.day == 1 && (date.month - 1) % max(1, step / 30) == 0 : date.daysSinceEpoch % step == 0
            if falls, let column = mapper.column(of: zone.startOfDay(date).microseconds) {
                let month = TimeFormat.months[date.month - 1]
                ticks.append(
                    ChartAxis.Tick(column: column, label: isYears ? "\(month) \(date.year)" : "\(date.day) \(month)"))
            }
            date = date.adding(days: 1)
        }
        return ticks
    }
}
