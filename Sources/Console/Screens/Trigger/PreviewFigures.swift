import EnergyCore
import Scheduling
import Services

/// What an operator asks of a plan besides its cost: the peak, the use of the devices, where the stock ends, targets.
enum PreviewFigures {
    static let stockName = "stock at the end kWh"

    static func lines(_ solved: SolvedSchedule, idle: [[Double]], inForce: [[Double]]?) -> [CostLine] {
        let problem = solved.problem
        func line(_ name: String, _ value: ([[Double]]) -> Double?) -> CostLine? {
            value(solved.powers).map {
                CostLine(name: name, inForce: inForce.flatMap(value), idle: value(idle), preview: $0, isMoney: false)
            }
        }
        let hours = problem.grid.hours
        return [
            line("peak import kW") { max(0, problem.sitePower($0).max() ?? 0) * 1000 },
            line("peak export kW") { max(0, -(problem.sitePower($0).min() ?? 0)) * 1000 },
            line("kWh through devices") { $0.reduce(0) { $0 + $1.reduce(0) { $0 + abs($1) } } * hours * 1000 },
            line(stockName) { powers in stock(powers, problem) },
        ].compactMap { $0 }
    }

    /// What is in all stocks together at the end; nil without a stock.
    private static func stock(_ powers: [[Double]], _ problem: SchedulingProblem) -> Double? {
        let levels = problem.devices.enumerated().compactMap { index, device in
            device.start == nil ? nil : device.stocks(for: powers[index], hours: problem.grid.hours).last
        }
        return levels.isEmpty ? nil : levels.reduce(0, +) * 1000
    }
}

/// What a comparison draws: the devices' power together, and the cost as it adds up.
struct PreviewCourses: Hashable, Sendable {
    /// kW, consumption positive.
    var power: [SeriesSample] = []
    /// Money paid for energy so far, known flows of the site included.
    var runningCost: [SeriesSample] = []
    /// Price of consumption per step, per MWh; unknown ones are NaN.
    var prices: [Double] = []

    init() {}

    init(_ preview: SchedulePreview) {
        guard let step = preview.steps.last, let solved = step.solved, let snapshot = step.snapshot else { return }
        let grid = solved.problem.grid
        var own = [Double](repeating: 0, count: grid.count)
        for power in preview.steps.compactMap(\.solved).flatMap(\.powers) {
            for index in own.indices.prefix(power.count) { own[index] += power[index] }
        }
        let site = solved.problem.sitePower(solved.powers)
        var paid = 0.0
        for index in 0..<grid.count {
            let (from, to) = (grid.time(index), grid.time(index + 1))
            power.append(SeriesSample(own[index] * 1000, from: from, to: to))
            let price = site[index] >= 0 ? snapshot.consumptionPrice[index] : snapshot.productionPrice[index]
            paid += price.isNaN ? 0 : site[index] * price * grid.hours
            runningCost.append(SeriesSample(paid, from: from, to: to))
        }
        prices = snapshot.consumptionPrice
    }
}
