import ArgumentParser
import EnergyCore
import Foundation

/// What can be said about a forecast, by flags or in files; flags win.
struct ForecastOptions: ParsableArguments {
    @Option(
        name: [.customLong("start"), .customLong("start-predict-date"), .customLong("from-date")],
        help: "First event to forecast (ISO 8601 with offset, or a date); now if left out.")
    var start: String?
    @Option(
        name: [.customLong("end"), .customLong("end-date"), .customLong("to-date")],
        help: "End of the last event; a date counts as a whole.")
    var end: String?
    @Option(name: [.customLong("duration"), .customLong("predict-period")], help: "Length of the period, as P2D.")
    var duration: String?
    @Option(help: "How far each viewpoint looks, as P1D.") var maxForecastHorizon: String?
    @Option(help: "Spacing of viewpoints, as PT6H.") var forecastFrequency: String?
    @Flag(help: "Store the quantiles 0.1 and 0.9 beside the median.") var probabilistic = false
    @Option(help: "Use only what was recorded by then.") var prior: String?
    @Option(help: "Ids of sensors that explain this one, past and future, separated by commas.") var regressors: String?
    @Option(help: "Ids of sensors of which only the past counts.") var pastRegressors: String?
    @Option(help: "Ids of sensors of which forecasts count as well.") var futureRegressors: String?
    @Option(name: [.customLong("train-start"), .customLong("start-date")], help: "Train on nothing before.")
    var trainStart: String?
    @Option(help: "Length of the first training window, at least P2D.") var trainPeriod: String?
    @Option(help: "Train on no more than this, as P365D.") var maxTrainingPeriod: String?
    @Option(help: "Train anew so often, at least PT1H.") var retrainFrequency: String?
    @Option(help: "Largest share of missing values, 0 to 1.") var missingThreshold: Double?
    @Flag(help: "Raise negative forecasts to zero.") var ensurePositive = false
    @Option(name: .customLong("config-file"), help: ArgumentHelp("Configuration (JSON or YAML).", valueName: "file"))
    var configFile: String?
    @Option(help: ArgumentHelp("Times and other parameters (JSON or YAML).", valueName: "file")) var parameters: String?
    @Flag(help: "Edit the configuration in your editor first.") var editConfig = false
    @Flag(help: "Edit times and other parameters in your editor first.") var editParameters = false
    @Option(name: .customLong("source"), help: "Use the configuration of this data source.") var configSource: Int?
    @Option(help: .hidden) var modelSaveDir: String?
    @Option(help: .hidden) var outputPath: String?
    @Option(help: .hidden) var forecaster = "TrainPredictPipeline"
    @Option(help: .hidden) var horizon: String?
    @Option(help: .hidden) var resolution: String?

    /// The message that a trigger of the API would carry.
    func message(knownConfig: JSONObject?) throws -> JSONObject {
        guard forecaster == "TrainPredictPipeline" else {
            throw CommandFailure("There is no forecaster '\(forecaster)'.")
        }
        for (name, value) in [("--horizon", horizon), ("--resolution", resolution)] where value != nil {
            FileHandle.standardError.write(Data("\(name) is ignored: it is of the past.\n".utf8))
        }
        var message = try parameters.map(Self.object) ?? JSONObject()
        let given = message["config"]?.objectValue ?? JSONObject()
        message["config"] = nil
        for (field, text) in [
            ("start", start), ("end", end), ("duration", duration), ("max-forecast-horizon", maxForecastHorizon),
            ("forecast-frequency", forecastFrequency), ("prior", prior),
        ] {
            if let text { message[field] = .string(text) }
        }
        if probabilistic { message["probabilistic"] = .bool(true) }
        if editParameters { message = try EditedJSON("parameters").edited(message) }
        var config = try config(over: (knownConfig ?? JSONObject()).overlaid(with: given))
        if editConfig { config = try EditedJSON("config").edited(config) }
        if !config.isEmpty { message["config"] = .object(config) }
        return message
    }

    private func config(over known: JSONObject) throws -> JSONObject {
        var config = known
        if let configFile { config = config.overlaid(with: try Self.object(configFile)) }
        for (field, list) in [
            ("regressors", regressors), ("past-regressors", pastRegressors), ("future-regressors", futureRegressors),
        ] {
            if let list { config[field] = .array(try Self.ids(list)) }
        }
        for (field, text) in [
            ("train-start", trainStart), ("train-period", trainPeriod), ("max-training-period", maxTrainingPeriod),
            ("retrain-frequency", retrainFrequency),
        ] {
            if let text { config[field] = .string(text) }
        }
        if let missingThreshold { config["missing-threshold"] = .double(missingThreshold) }
        if ensurePositive { config["ensure-positive"] = .bool(true) }
        return config
    }

    /// A file with JSON or YAML.
    private static func object(_ path: String) throws -> JSONObject {
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read.")
        }
        let value: JSONValue
        if let json = try? JSONValue(parsing: [UInt8](contents)) {
            value = json
        } else {
            do { value = try PlainYAML.value(of: String(decoding: contents, as: UTF8.self)) } catch let fault
                as PlainYAML.Fault
            {
                throw CommandFailure("\(path), line \(fault.line): \(fault)")
            }
        }
        guard let object = value.objectValue else { throw CommandFailure("\(path) holds no fields.") }
        return object
    }

    private static func ids(_ list: String) throws -> [JSONValue] {
        try list.split(separator: ",").map { part in
            guard let id = Int(part.filter { $0 != " " }) else { throw ValidationError("'\(part)' is no sensor id.") }
            return .int(id)
        }
    }
}
