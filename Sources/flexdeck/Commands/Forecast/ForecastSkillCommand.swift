import ArgumentParser
import EnergyCore
import Forecasting
import Foundation
import Services

/// `flexdeck forecast skill`: how good forecasts of a sensor would have been.
struct ForecastSkillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skill", abstract: "Forecast a sensor from past moments and compare with what happened.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var options: ForecastOptions
    @Option(help: "Id of the sensor.") var sensor: Int
    @Option(help: "How many past moments.") var moments = 14

    func run() throws {
        let services = try Composition.services(store)
        let config = try options.message(knownConfig: nil)["config"] ?? .null
        let progress = ProgressLine("forecasting")
        let stop = StopSignal()
        let flag = stop.flag
        defer { stop.end() }
        let summary = try services.forecasts.backtest(
            of: sensor, config: config, count: moments, asOf: .live, as: .host, isCancelled: { flag.isRaised },
            progress: { progress.show($0, of: moments) })
        progress.finish()
        print(
            "\(summary.origins) moments, compared with the value \(summary.naiveDays == 7 ? "a week" : "a day") before")
        print("horizon      error      naive      skill   in band")
        for band in summary.bands {
            print(Self.line("\(Int(band.fromHours))-\(Int(band.untilHours)) h", band.score))
        }
        print(Self.line("all", summary.total))
        print("hour of the day: mean of forecast minus truth")
        for (hour, score) in summary.hours.enumerated() where score.count > 0 {
            print("  \(hour < 10 ? "0" : "")\(hour)  \(Self.number(score.meanBias))")
        }
    }

    private static func line(_ name: String, _ score: BacktestSummary.Score) -> String {
        let cells = [number(score.meanError), number(score.naiveError), percent(score.skill), percent(score.coverage)]
        return pad(name, 8, atEnd: true) + cells.map { pad($0, 10, atEnd: false) + " " }.joined()
    }

    private static func pad(_ text: String, _ width: Int, atEnd: Bool) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return atEnd ? text + blanks : blanks + text
    }

    private static func number(_ value: Double?) -> String {
        value.map { String(format: "%.4g", $0) } ?? "-"
    }

    private static func percent(_ value: Double?) -> String {
        value.map { "\(Int((100 * $0).rounded())) %" } ?? "-"
    }
}
