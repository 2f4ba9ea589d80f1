import ArgumentParser

/// `flexdeck show forecasters`: what can stand behind a forecast.
struct ShowForecasters: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "forecasters", abstract: "All forecasters.")

    func run() {
        var table = TextTable([.init("name"), .init("version"), .init("author"), .init("module")])
        table.add(["TrainPredictPipeline", Version.current, "FlexDeck", "Forecasting"])
        print(table.text)
    }
}
