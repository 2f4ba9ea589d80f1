import ArgumentParser
import EnergyCore
import Foundation
import Services

/// `flexdeck forecast run`, and `flexdeck forecast` without a further word: forecasts sensors at once.
struct ForecastRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Forecast one sensor, or all of them, and store the result.",
        discussion: """
            Ctrl-C stops between sensors: what is stored is complete, the rest is left alone.
            """)

    @OptionGroup var command: ForecastRunOptions

    func run() throws { try command.run() }
}

/// The options of the command and what it does, for both of its names.
struct ForecastRunOptions: ParsableArguments {
    @OptionGroup var store: StoreOptions
    @OptionGroup var options: ForecastOptions
    @Option(help: "Id of the sensor.") var sensor: Int?
    @Flag(help: "Forecast every sensor that has data.") var all = false
    @Option(help: "Id of a sensor that takes the forecasts.") var sensorToSave: Int?
    @Flag(help: "Put jobs into the queue instead of doing the work now.") var asJob = false
    @Option(help: ArgumentHelp("Threads for --all; 0: one per core.", valueName: "n")) var threads = 0

    func validate() throws {
        guard (sensor != nil) != all else { throw ValidationError("Name a sensor with --sensor, or say --all.") }
        if sensorToSave != nil, all || asJob {
            throw ValidationError("--sensor-to-save goes with --sensor only, and not with --as-job.")
        }
    }

    func run() throws {
        let services = try Composition.services(store)
        let known = try options.configSource.map { id in
            try services.sources.source(id).attributes["data_generator"]?["config"]?.objectValue ?? JSONObject()
        }
        let message = try options.message(knownConfig: known)
        let sensors = try sensor.map { [$0] } ?? services.forecasts.forecastableSensors(as: .host).map(\.id)
        if asJob { return try enqueue(sensors, message, services) }
        let run = ForecastAllRun(services: services, message: .object(message), target: sensorToSave)
        let stop = StopSignal()
        let flag = stop.flag
        defer { stop.end() }
        let outcome = run.forecast(sensors, threads: all ? threads : 1) { flag.isRaised }
        try report(outcome)
    }

    private func enqueue(_ sensors: [Int], _ message: JSONObject, _ services: FlexServices) throws {
        let ids = try sensors.map { try services.forecasts.trigger(.object(message), for: $0, as: .host) }
        print(ids.isEmpty ? "No forecasts or jobs were created." : "Created \(ids.count) forecasting job(s).")
    }

    private func report(_ outcome: ForecastAllRun.Outcome) throws {
        if !all, let failure = outcome.failures.first {
            throw CommandFailure("Error running Train-Predict Pipeline: \(failure.text)")
        }
        if outcome.beliefs == 0 {
            print("No forecasts or jobs were created.")
        } else {
            print(
                "Successfully created \(outcome.beliefs) forecast beliefs across \(outcome.beliefTimes) unique belief times."
            )
        }
        guard all else { return }
        print("\(outcome.done) of \(outcome.total) sensors forecast, \(outcome.failures.count) without enough data.")
        for failure in outcome.failures.prefix(20) {
            FileHandle.standardError.write(Data("sensor \(failure.sensor): \(failure.text)\n".utf8))
        }
        if outcome.isStopped {
            FileHandle.standardError.write(Data("Stopped; forecasts of \(outcome.done) sensors are stored.\n".utf8))
            throw ExitCode(130)
        }
    }
}
