import ArgumentParser

/// `flexdeck forecast ...`
struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "Forecast sensors.", subcommands: [ForecastBacktestCommand.self])
}
