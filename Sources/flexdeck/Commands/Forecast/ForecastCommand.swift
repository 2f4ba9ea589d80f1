import ArgumentParser

/// `flexdeck forecast ...`
struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "Forecast sensors, and see how good forecasts would have been.",
        subcommands: [ForecastRunCommand.self, ForecastSkillCommand.self, ForecastBacktestCommand.self],
        defaultSubcommand: ForecastRunCommand.self)
}

/// `flexdeck add forecasts`: the same as `flexdeck forecast run`, under the name that scripts know.
struct AddForecasts: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "forecasts", abstract: "Forecast a sensor.")

    @OptionGroup var command: ForecastRunOptions

    func run() throws { try command.run() }
}
