import ArgumentParser
import EnergyCore
import Forecasting
import Foundation

/// `flexdeck forecast backtest`: forecasts real series from many past moments, without a store.
struct ForecastBacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Forecast known series from many past moments and write what would have been said.",
        discussion: """
            The manifest (JSON) lists series with zone, resolution, first origin, number and spacing of origins, horizon \
            and regressors; each series is a CSV file beside it (time,value and regressor columns). At every origin the \
            forecaster is trained anew on the rows before it. Equal input gives equal files, but for the times.
            """)

    @Option(name: .long, help: ArgumentHelp("The list of series.", valueName: "manifest.json"))
    var manifest: String
    @Option(name: .long, help: ArgumentHelp("Where to write the forecasts.", valueName: "forecasts.csv"))
    var out: String
    @Option(name: .long, help: ArgumentHelp("Where to write how long each took.", valueName: "times.csv"))
    var times: String?
    @Option(name: .long, help: ArgumentHelp("Use only so many days before each origin.", valueName: "3d"))
    var history: String?
    @Option(
        name: .long, parsing: .singleValue, help: ArgumentHelp("Only this series; may be repeated.", valueName: "name"))
    var series: [String] = []

    func run() throws {
        let kept = try history.map(Self.days)
        let all = try BacktestManifest(path: manifest).series.filter { series.isEmpty || series.contains($0.name) }
        guard !all.isEmpty else { throw CommandFailure("There is no such series in \(manifest).") }
        var forecasts = "series,origin,target,value,q10,q50,q90\n"
        var seconds = "series,origin,seconds\n"
        let progress = ProgressLine("forecasting")
        let total = all.reduce(0) { $0 + $1.origins }
        var done = 0
        for entry in all {
            let data = try BacktestSeries(entry)
            for number in 0..<entry.origins {
                let origin = entry.firstOrigin + entry.originStep * number
                let clock = ContinuousClock()
                var result: ForecastResult?
                let input = data.input(before: origin, history: kept)
                let taken = try clock.measure { result = try Forecaster().forecast(input) }
                if let result { Self.append(result, of: entry.name, at: origin, to: &forecasts) }
                let spent = Double(taken.components.seconds) + Double(taken.components.attoseconds) * 1e-18
                seconds += "\(entry.name),\(Self.text(origin)),\(spent)\n"
                done += 1
                progress.show(done, of: total)
            }
        }
        progress.finish()
        try Data(forecasts.utf8).write(to: URL(fileURLWithPath: out))
        if let times { try Data(seconds.utf8).write(to: URL(fileURLWithPath: times)) }
    }

    private static func append(_ result: ForecastResult, of name: String, at origin: Instant, to text: inout String) {
        let start = Self.text(origin)
        for (i, value) in result.values.enumerated() {
            let target = Self.text(result.start + result.resolution * i)
            text += "\(name),\(start),\(target),\(value),\(result.low[i]),\(value),\(result.high[i])\n"
        }
    }

    /// `2016-06-20T00:00Z`
    private static func text(_ instant: Instant) -> String {
        String(instant.text(offset: 0).prefix(16)) + "Z"
    }

    /// `3d`, `14`, or an ISO 8601 duration.
    private static func days(_ text: String) throws -> TimeSpan {
        let digits = text.lowercased().hasSuffix("d") ? String(text.dropLast()) : text
        if let days = Int64(digits), days > 0 { return .days(days) }
        if let span = (try? ISODuration(parsing: text))?.absolute, span > .zero { return span }
        throw ValidationError("'--history \(text)': write it as 3d, 7d or P14D.")
    }
}
