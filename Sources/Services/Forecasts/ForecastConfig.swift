import EnergyCore
import Store

/// How a sensor is to be forecast. Equal configurations share a data source.
package struct ForecastConfig: Hashable, Sendable {
    /// A series that explains the target, and whose data of it count.
    package struct RegressorReference: Hashable, Sendable {
        package var sensor: SensorID
        package var sources: [DataSourceID] = []
        package var sourceTypes: [String] = []
        package var excludedSourceTypes: [String] = []
        /// As it was written.
        package var json: JSONValue

        package init(sensor: SensorID) {
            self.sensor = sensor
            json = .int(sensor)
        }
    }

    /// Annotations that explain the target: 1 while one lasts, 0 otherwise.
    package struct AnnotationReference: Hashable, Sendable {
        package var target: AnnotationTarget
        package var type: String
        package var name: String?
        /// As it was written.
        package var json: JSONValue
    }

    package var model = "CustomLGBM"
    /// Given or not: a period that was not given bounds nothing, more history only helps.
    package var trainPeriod: TimeSpan?
    package var trainStart: Instant?
    package var maxTrainingPeriod = TimeSpan.days(365)
    package var retrainFrequency: TimeSpan
    package var ensuresPositive: Bool? = false
    package var missingThreshold = 1.0
    package var pastRegressors: [RegressorReference] = []
    package var futureRegressors: [RegressorReference] = []
    package var annotationRegressors: [AnnotationReference] = []
    /// In the sensor's unit.
    package var lower: Double?
    package var upper: Double?
    package var snaps: [SnapBand] = []
    /// Fields that are kept with the source as they were written.
    package var extra = JSONObject()

    /// Values between two bounds, in the sensor's unit, become the target.
    package struct SnapBand: Hashable, Sendable {
        package var target: Double
        package var first: Double
        package var second: Double
    }

    package init(retrainFrequency: TimeSpan) {
        self.retrainFrequency = retrainFrequency
    }

    /// What the data source says about itself: every field with its default, no times of requests.
    package func attributes(defaultTrainPeriod: TimeSpan) -> JSONObject {
        var config: JSONObject = [
            "model": .string(model),
            "train-period": .string((trainPeriod ?? defaultTrainPeriod).isoText(.days)),
            "ensure-positive": ensuresPositive.map { .bool($0) } ?? .null,
            "past-regressors": .array(pastRegressors.map(\.json)),
            "future-regressors": .array(futureRegressors.map(\.json)),
            "missing-threshold": .double(missingThreshold),
            "retrain-frequency": .string(retrainFrequency.isoText(.days)),
            "max-training-period": .string(maxTrainingPeriod.isoText(.days)),
        ]
        if let trainStart { config["train-start"] = .string(trainStart.text(offset: 0)) }
        if !annotationRegressors.isEmpty {
            config["annotation-regressors"] = .array(annotationRegressors.map(\.json))
        }
        for (key, value) in extra { config[key] = value }
        return ["data_generator": ["config": .object(config)]]
    }

    /// The source under which forecasts of this configuration are recorded.
    package func source(named name: String, defaultTrainPeriod: TimeSpan) -> DataSource {
        var source = DataSource(id: 0, name: name, type: "forecaster", model: "TrainPredictPipeline")
        source.attributes = attributes(defaultTrainPeriod: defaultTrainPeriod)
        return source
    }
}
